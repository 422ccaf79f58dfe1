import { z } from 'zod';
import { pattern } from '../../base/pattern.ts';
import { linkTemplates } from './links.ts';

const text = z.string().min(1).max(1000);

/** Who has a group, and where people look when it is in trouble. */
export const catalogEntry = z
  .strictObject({
    name: text.optional().describe('A group by its name, or by the last part of it: orders is cloudwatch:/aws/lambda/orders.'),
    group: pattern.optional().describe('Groups by a pattern (RE2 syntax, found anywhere in the name).'),
    team: text.optional().describe('Who has it.'),
    tier: text.optional().describe('How much hangs on it.'),
    runbook: text.optional().describe('Address of what to do.'),
    channel: text.optional().describe('Slack: id of the channel of the team.'),
    keys: z.record(z.string(), text).default({}).describe('Integration keys of the team, by receiver: { pagerduty: ... }.'),
    labels: z.record(z.string(), text).default({}).describe('Anything else that routes may ask for.'),
    links: linkTemplates.default({}).describe('Addresses to go to, by name.'),
  })
  .refine(({ name, group }) => name !== undefined || group !== undefined, 'names neither a `name` nor a `group`');

export type CatalogEntry = z.output<typeof catalogEntry>;
