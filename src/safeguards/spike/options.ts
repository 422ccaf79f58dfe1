import { z } from 'zod';
import { duration, fieldPath } from '../../../config/scalars.ts';
import { foldedOptions } from '../../kernel/keyedOptions.ts';

export const options = z.strictObject({
  value: fieldPath
    .optional()
    .describe(
      'Number that is watched: a field of events (metadata.latency_ms) or of blips (blip.count); the count of events when left out.',
    ),
  bucket: z
    .union([z.literal('none'), duration])
    .default(60_000)
    .describe('Width of a bucket of events; none judges each record by itself. Blips bring their own.'),
  aggregate: z.enum(['sum', 'mean', 'max', 'last']).default('sum').describe('How several values in a bucket become one.'),
  missing: z.enum(['zero', 'gap']).optional().describe('What an empty bucket counts as; zero for counts, a gap for other fields.'),
  detector: z
    .enum(['adaptive', 'ratio'])
    .default('adaptive')
    .describe('adaptive learns what is usual for the hour; ratio compares with the mean of a window.'),
  direction: z.enum(['up', 'down', 'both']).default('both').describe('Which way a value must stand out.'),
  threshold: z.number().positive().optional().describe('adaptive: score from which it fires.'),
  warmup: z.int().min(0).optional().describe('adaptive: points learned before the first alarm.'),
  memory: z.int().min(100).optional().describe('adaptive: points after which what was learned fades.'),
  zone: z.string().optional().describe('adaptive: IANA zone by which hours and days are cut; UTC when left out.'),
  window: z.int().min(1).optional().describe('ratio: buckets before the judged one that make the baseline.'),
  spikeMultiplier: z.number().gt(1).optional().describe('ratio: how many times the baseline is still usual.'),
  minBaseline: z.number().min(0).optional().describe('ratio: the baseline counts as at least this.'),
  quiet: z.int().min(0).optional().describe('Points after an alarm in which no other is raised.'),
  clearAfter: z.int().min(1).default(2).describe('Calm points in a row after which an alarm is resolved.'),
  hysteresis: z.number().gt(0).max(1).default(0.8).describe('A point is calm below this share of the threshold.'),
  severity: z.enum(['info', 'warning', 'critical']).default('warning').describe('Severity of its findings.'),
  maxSeries: z.int().min(1).default(5000).describe('Most series of a key (topics, with blips); those silent longest go, and alarms never.'),
  ...foldedOptions('256MiB'),
});
export type SpikeOptions = z.output<typeof options>;
