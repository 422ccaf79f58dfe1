import { z } from 'zod';
import { duration, parseDuration } from '../../../config/scalars.ts';
import { isoTime } from '../../formats/time/isoTime.ts';
import { awsOptions } from '../aws/options.ts';
import { sourceOptions } from '../source.ts';

/** Milliseconds since 1970 for `now`, `-1h` or an ISO 8601 time with zone; null when it is none of them. */
export function startTime(text: string, now: number): number | null {
  if (text === 'now') return now;
  if (text.startsWith('-')) {
    const back = parseDuration(text.slice(1));
    return back === null ? null : now - back;
  }
  const time = isoTime(text);
  return Number.isNaN(time) ? null : time;
}

const start = z
  .string()
  .refine(
    (text) => startTime(text, 0) !== null,
    'expected now, a length of time back such as -1h, or an ISO 8601 time such as 2026-03-14T03:00:00Z',
  );

/** Fields a group id may be built from. */
const groupFields = new Set(['source', 'log_group', 'log_stream', 'account', 'region']);
const groupTemplate = z
  .string()
  .refine(
    (text) => [...text.matchAll(/\{([^}]*)\}/g)].every(([, name]) => groupFields.has(name!)),
    `expected a text with fields out of ${[...groupFields].map((name) => `{${name}}`).join(' ')}`,
  );

export const cloudWatchOptions = z
  .strictObject({
    ...sourceOptions,
    ...awsOptions,
    allowedLateness: duration.prefault('30s').describe('How far behind the newest event one may come and still be counted in its window.'),
    logGroups: z
      .array(z.string().min(1).max(2048))
      .default([])
      .describe('Names of log groups, or their ARNs for groups of linked accounts.'),
    logGroupPrefix: z.string().min(1).max(512).optional().describe('Reads every log group whose name begins with this.'),
    logGroupPattern: z
      .string()
      .min(3)
      .max(512)
      .optional()
      .describe('Reads every log group whose name contains this, upper and lower case alike.'),
    maxLogGroups: z.int().min(1).max(1000).default(50).describe('More log groups than this are refused: each costs a call a poll.'),
    logStreamPrefix: z.string().min(1).max(512).optional().describe('Only log streams whose name begins with this.'),
    filterPattern: z
      .string()
      .max(1024)
      .optional()
      .describe("CloudWatch's own filter pattern; what it leaves out is neither sent nor counted."),
    start: start.default('-1h').describe('Where to begin when there is no cursor yet: now, -1h, or an ISO 8601 time.'),
    follow: z.boolean().default(true).describe('Goes on polling; otherwise it ends when it has reached the present.'),
    poll: duration.prefault('10s').describe('How often to look for new events.'),
    overlap: duration.prefault('5m').describe('How far back each poll looks again for events that reached CloudWatch late.'),
    rediscover: duration.prefault('5m').describe('How often prefix and pattern are matched anew.'),
    callsPerSecond: z
      .number()
      .gt(0)
      .max(100)
      .default(1)
      .describe("Most calls a second, over all sources of one account and region. The quota is the whole account's."),
    patience: duration.prefault('10m').describe('How long calls may keep failing before the source gives up.'),
    qualify: z
      .enum(['auto', 'always', 'never'])
      .default('auto')
      .describe('Whether account and region stand in the group id: auto only where the name alone is taken by another account or region.'),
    groupId: groupTemplate.optional().describe('Other group id, such as "prod:{log_group}"; overrides qualify.'),
  })
  .refine(
    ({ logGroups, logGroupPrefix, logGroupPattern }) =>
      logGroups.length > 0 || logGroupPrefix !== undefined || logGroupPattern !== undefined,
    'name at least one of log_groups, log_group_prefix and log_group_pattern',
  )
  .refine(
    ({ logGroupPrefix, logGroupPattern }) => logGroupPrefix === undefined || logGroupPattern === undefined,
    'log_group_prefix and log_group_pattern exclude each other',
  );

export type CloudWatchOptions = z.output<typeof cloudWatchOptions>;
