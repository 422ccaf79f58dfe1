import { z } from 'zod';
import { duration } from '../../../config/scalars.ts';

const percent = z.number().gt(0).max(100);
const span = (least: number) => duration.refine((ms) => ms >= least, { error: `expected at least ${least}ms` });

const slidingWindow = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('count').describe('The last so many calls.'),
    size: z.int().min(1).max(10_000).default(100).describe('Calls in the window.'),
  }),
  z.strictObject({
    type: z.literal('time').describe('The calls of the last so long.'),
    size: span(1000).prefault('60s').describe('Length of the window, kept in twenty steps.'),
  }),
]);

const backoff = z.strictObject({
  multiplier: z.number().min(1).max(10).default(2).describe('Each opening in a row waits so many times as long as the one before.'),
  max: span(1).prefault('10m').describe('Longest wait.'),
  jitter: z
    .number()
    .min(0)
    .max(0.5)
    .default(0)
    .describe('Share of the wait by which it is shortened or lengthened, from a hash of name and generation.'),
});

/** Fields of a breaker's options, named as resilience4j names them; the operator adds where outcomes come from. */
export const breakerFields = {
  failureThreshold: z.int().min(1).nullable().default(3).describe('Failures in a row that open it; null turns this off.'),
  failureRateThreshold: percent
    .nullable()
    .default(50)
    .describe('Percentage of failed calls in the window that opens it; null turns this off.'),
  slowCallRateThreshold: percent
    .nullable()
    .default(100)
    .describe('Percentage of slow calls in the window that opens it; null turns this off.'),
  slowCallDurationThreshold: span(1).prefault('60s').describe('A call that took longer is slow.'),
  slidingWindow: slidingWindow.prefault({ type: 'count' }).describe('What rates are computed over.'),
  minimumCalls: z.int().min(1).default(100).describe('Calls the window must hold before a rate is judged.'),
  waitInOpen: span(1).prefault('30s').describe('How long it stays open before it probes.'),
  backoff: backoff.prefault({}).describe('How the wait grows when probes fail.'),
  permittedCallsInHalfOpen: z.int().min(1).max(1000).default(1).describe('Probes whose outcomes decide.'),
  permitTimeout: span(1).prefault('60s').describe('A probe without an outcome for so long counts as failed.'),
  onNoData: z
    .enum(['deny', 'hold', 'allow'])
    .default('hold')
    .describe('When nothing comes: deny every call, hold the state as it is, or allow every call.'),
  noDataAfter: span(1).optional().describe('Nothing for so long is no data; never when left out.'),
};

export const breakerOptions = z.strictObject(breakerFields);
export type BreakerOptions = z.output<typeof breakerOptions>;
