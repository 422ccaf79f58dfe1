import { z } from 'zod';
import { course, fieldShare } from './course.ts';
import { standing } from './standing.ts';

/**
 * What a rule found: of a pattern in a window, of a group without data, or of another finding. An operator of one's own
 * may add what explains its finding. Times ISO 8601 UTC, lengths of time milliseconds.
 */
export const ruleResult = z.looseObject({
  /** The count, and what was to be expected. */
  value: z.number().optional(),
  usual: z.number().nullable().optional(),
  state: z.string().optional(),
  level: z.string().nullable().optional(),
  score: z.number().optional(),
  start: z.string().optional(),
  end: z.string().optional(),
  open: z.boolean().optional(),
  pattern: z.string().optional(),
  total: z.number().optional(),
  example: z.string().optional(),
  /** Its first and its latest line. */
  lines: z.array(z.object({ at: z.string(), group_id: z.string(), text: z.string() })).optional(),
  course: course.optional(),
  fields: z.array(fieldShare).optional(),
  /** A group has gone quiet; how long it was silent, once it is back. */
  no_data: z.boolean().optional(),
  usual_gap_ms: z.number().optional(),
  quiet_ms: z.number().optional(),
  /** It came after the others and less than a day ago: it may keep hours, and is shown only. */
  hours_unknown: z.boolean().optional(),
  /** What came and what went with a change of a group, in patterns; how many of what came go on with what went. */
  settled: z
    .object({ name: z.string(), at: z.string(), new: z.number(), gone: z.number(), errors: z.number(), successors: z.number() })
    .optional(),
  /** Share of the lines of a group whose level or time is not known. */
  unread: z.number().optional(),
  /** Something that was due did not come: when it was due, how far apart its runs are, and by how much it was late in the end. */
  missed: z.boolean().optional(),
  due: z.string().optional(),
  every_ms: z.number().optional(),
  last_run: z.string().optional(),
  runs_known: z.number().optional(),
  by: z.string().optional(),
  every: z.string().optional(),
  zone: z.string().optional(),
  late_ms: z.number().optional(),
  /** The finding it is about. */
  finding: z.string().optional(),
  finding_type: z.string().optional(),
  finding_severity: z.string().optional(),
  for_ms: z.number().optional(),
  clear_windows: z.number().optional(),
  clear_needed: z.number().optional(),
  /** Where it began: it ends when the count is below, or of what is missing above, for so many windows. */
  clear_below: z.number().optional(),
  clear_above: z.number().optional(),
  /** Errors that were reported together, for too many came at once, and how many there were in all. */
  flood: z.array(z.object({ template_id: z.string(), title: z.string(), count: z.number() })).optional(),
  flood_of: z.number().optional(),
  /** It was on before there was anything to compare with: at the end of a warm-up. */
  already_on: z.boolean().optional(),
  /** Since when its group is silent although it usually is not: nothing is cleared meanwhile. */
  no_data_since: z.string().optional(),
  /** Why it was resolved although the thing may go on: `rule removed`, `rule changed`. */
  ended: z.string().optional(),
  ...standing,
});
export type RuleResult = z.output<typeof ruleResult>;
