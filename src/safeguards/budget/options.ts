import { z } from 'zod';
import { duration } from '../../../config/scalars.ts';
import type { OptionClasses } from '../../kernel/optionChange.ts';
import { writePico, parseMoney } from './money.ts';
import { periodNames } from './period.ts';
import { isZoneName } from '../../base/zone.ts';

/** An amount above 0, as a decimal string or a number. Comes out as its exact decimal string: options stay JSON. */
const limit = z
  .union([z.string(), z.number()])
  .transform((value, context): string => {
    const parsed = parseMoney(value);
    if (parsed.ok && parsed.pico > 0n) return writePico(parsed.pico);
    const message = parsed.ok ? 'expected an amount above 0' : parsed.reason;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  })
  .meta({ title: 'amount' });

const timeZone = z.string().refine(isZoneName, { error: 'expected an IANA time zone such as Europe/Berlin' });
const severity = z.enum(['info', 'warning', 'critical']);
const share = z.number().gt(0).max(1);
/** A window of no length would divide by it. */
const window = duration.refine((ms) => ms >= 1000, { error: 'expected at least 1s' });

const threshold = z.strictObject({
  at: z.number().gt(0).max(100).describe('Share of the limit: 0.9 is 90 %.'),
  on: z.enum(['actual', 'forecasted']).default('actual').describe('What is spent, or what the period is forecast to end at.'),
  severity: severity.default('warning').describe('How bad it is.'),
});
export type Threshold = z.output<typeof threshold>;

const burnPolicy = z
  .strictObject({
    name: z.string().min(1).max(32).describe('Shown in the finding.'),
    fraction: share.describe('Share of the limit that would go in one long window.'),
    long: window.describe('Long window.'),
    short: window.describe('Short window; it must burn as fast for the alert to go on.'),
    severity: severity.default('warning').describe('How bad it is.'),
  })
  .refine((policy) => policy.short < policy.long, { error: 'short must be below long', path: ['short'] });

const anchor = z.strictObject({
  month: z.int().min(1).max(12).optional().describe('First month of the quarter or year.'),
  day: z.int().min(1).max(31).optional().describe('First day of the month; beyond its end, its last day.'),
  weekday: z.int().min(1).max(7).optional().describe('First day of the week, Monday 1 to Sunday 7.'),
});

/** Fields of the ledger's options; the operator adds where its records are found. */
export const ledgerFields = {
  limit: limit.describe('What may be spent in a period.'),
  currency: z.string().min(1).max(32).describe('Currency or unit of the limit; records in another are rejected.'),
  period: z.enum(periodNames).optional().describe('Calendar period the limit is for; month unless rolling is given.'),
  rolling: duration
    .refine((ms) => ms >= 60_000, { error: 'expected at least 1m' })
    .optional()
    .describe('The limit is for the last so long instead of a calendar period.'),
  anchor: anchor.optional().describe('Where periods begin when not on the first.'),
  timeZone: timeZone.default('UTC').describe('IANA zone whose midnight begins a period.'),
  keep: z.int().min(0).max(60).default(1).describe('Closed periods that still take late records.'),
  warningRatio: share.default(0.9).describe('Share of the limit from which it is a warning.'),
  thresholds: z
    .array(threshold)
    .max(16)
    .default([
      { at: 0.5, on: 'actual', severity: 'info' },
      { at: 0.9, on: 'actual', severity: 'warning' },
      { at: 1, on: 'actual', severity: 'critical' },
      { at: 1, on: 'forecasted', severity: 'warning' },
    ])
    .describe('Each fires once a period.'),
  hysteresis: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.05)
    .describe('Share of the limit (of the multiple, for burn rates) it must fall below to be armed again.'),
  burn: z.array(burnPolicy).max(8).optional().describe('Burn-rate alerts; by the length of the period when left out, none when empty.'),
  credits: z
    .enum(['net', 'gross', 'separate'])
    .default('net')
    .describe('Negative amounts: net lowers what is spent; separate adds them up beside it; gross leaves them out.'),
  maxFutureSkew: duration.prefault('1h').describe('A record dated further ahead than this is rejected.'),
  maxIds: z
    .int()
    .min(1)
    .default(200_000)
    .describe('Record ids remembered so that none counts twice; the oldest are forgotten beyond it, and counted.'),
  maxNames: z.int().min(1).max(256).default(32).describe('Names kept apart in the breakdown; the rest is "other".'),
  reservationExpiry: duration.prefault('10m').describe('A reservation that is neither committed nor released ends after this.'),
};

/** The cross-field rule, for the ledger's schema and the operator's. */
export const isOnePeriod = (options: { period?: unknown; rolling?: unknown }): boolean =>
  options.period === undefined || options.rolling === undefined;
export const onePeriod = { error: 'give period or rolling, not both', path: ['rolling'] };

export const ledgerOptions = z.strictObject(ledgerFields).refine(isOnePeriod, onePeriod);
export type LedgerOptions = z.output<typeof ledgerOptions>;

/** What is spent in which period of which zone, and in what money, is what a ledger is kept by; the rest is asked when it is judged. */
export const ledgerChanges = {
  limit: 'threshold',
  currency: 'identity',
  period: 'identity',
  rolling: 'identity',
  anchor: 'identity',
  timeZone: 'identity',
  keep: 'threshold',
  warningRatio: 'threshold',
  thresholds: 'threshold',
  hysteresis: 'threshold',
  burn: 'threshold',
  credits: 'threshold',
  maxFutureSkew: 'threshold',
  maxIds: 'view',
  maxNames: 'view',
  reservationExpiry: 'threshold',
} as const satisfies OptionClasses;
