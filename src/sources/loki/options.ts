import { z } from 'zod';
import { duration } from '../../../config/scalars.ts';
import { sourceOptions } from '../source.ts';

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'expected a time such as 2026-03-14T03:00:00Z')
  .transform((text) => Date.parse(text));

const address = z
  .url({ protocol: /^https?$/ })
  .refine((text) => !/^\w+:\/\/[^/]*@/.test(text), 'a name and password in an address end up in logs; use token_file or headers');

export const lokiOptions = z.strictObject({
  ...sourceOptions,
  url: address.describe('Address of Loki, such as http://loki:3100.'),
  query: z.string().min(1).describe('Selector and filters in LogQL, such as {namespace="shop"}.'),
  since: z
    .union([moment, duration])
    .prefault('1h')
    .describe('Where a first run starts: a time, or a length of time back from now. Later runs go on where the last one stopped.'),
  until: moment.optional().describe('Where it ends; without it, and without follow, now.'),
  follow: z.boolean().default(false).describe('Go on asking for what is new, until stopped.'),
  pollInterval: duration.prefault('5s').describe('follow: how often is asked.'),
  settle: duration.prefault('10s').describe('follow: how long Loki is given to take in what comes late; nothing newer is asked for.'),
  step: duration.prefault('6h').describe('Length of time of a question; Loki refuses too long ones.'),
  limit: z.number().int().min(10).max(5000).default(5000).describe('Lines of an answer; Loki allows 5,000 by default.'),
  tenant: z.string().min(1).optional().describe('X-Scope-OrgID, where Loki has several tenants.'),
  token: z.string().min(1).optional().describe('Sent as "Authorization: Bearer <token>".'),
  tokenFile: z.string().min(1).optional().describe('File with the token, in place of token.'),
  headers: z.record(z.string(), z.string()).default({}).describe('Further headers, such as Authorization for Basic.'),
});

export type LokiOptions = z.output<typeof lokiOptions>;
