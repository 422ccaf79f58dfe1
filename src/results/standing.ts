import { z } from 'zod';
import { alarmStanding } from './alarmStanding.ts';

/** What a person answered to a finding: who and when, until when it holds, in which words. */
const answer = z.object({
  who: z.string(),
  at: z.string(),
  until: z.string().optional(),
  note: z.string().optional(),
  link: z.string().optional(),
  /** Where it was answered, when not here: `pagerduty`, `slack`, `alertmanager`. */
  via: z.string().optional(),
});
export type Answer = z.output<typeof answer>;

/** What stands beside the numbers of any finding, once it is emitted: answers, and what else is known around it. */
export const standing = {
  acked: answer.optional(),
  /** A person has declared it over. */
  resolved_by: answer.optional(),
  /** End of the silence over it: a time, or the state whose return ends it. */
  silenced_until: z.string().optional(),
  notes: z.array(answer).optional(),
  /** The last change before it began. */
  change: z.object({ at: z.string(), text: z.string() }).optional(),
  /** The episode it is part of: that is what people are sent. */
  episode: z.object({ id: z.string(), sent_to: z.string().optional(), sent_at: z.string().optional() }).optional(),
  /** Addresses of its rule, as templates. */
  links: z.record(z.string(), z.string()).optional(),
  /** It comes of a change of its group that settles, by this name: it is shown, and not sent. */
  settling: z.string().optional(),
  /** A spike of what is no error, in which the memory finds nothing: it is shown, and not sent. */
  steady: z.boolean().optional(),
  /** It comes at this hour on other days too; then, the last time. */
  usual_at: z.string().optional(),
  /** What may open by chance, and how often it has. Fewer bits than it needed: it is shown, and not sent. */
  false_alarms: alarmStanding.optional(),
  /** How often it was emitted again only because it was still on. */
  repeats: z.number().optional(),
};

export type Standing = z.output<z.ZodObject<typeof standing>>;
