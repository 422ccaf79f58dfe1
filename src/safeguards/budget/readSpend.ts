import { z } from 'zod';
import { fieldAt, fieldPath } from '../../../config/scalars.ts';
import type { Event } from '../../event.ts';
import type { IncomingRecord } from './takeRecord.ts';

const field = (what: string) => fieldPath.optional().describe(what);

/** Options that say where in an event its record of spend is. */
export const spendFields = {
  spend: fieldPath
    .default('metadata.spend')
    .describe('Object with the fields of the record, or its amount alone; an event without it spends nothing.'),
  fields: z
    .strictObject({
      id: field('Makes the record count once; id of the spend object, else of the event.'),
      kind: field(
        'delta or snapshot; or for a cost in flight reserve, then commit or release, under one id. delta when the spend object has none.',
      ),
      amount: field('A number or a decimal string; negative is a credit.'),
      currency: field('Currency or unit.'),
      eventTime: field('When it was spent: ISO 8601, or milliseconds since 1970; event_time of the spend object, else the event itself.'),
      version: field('Of snapshots: the highest counts.'),
      source: field('Ids are unique within it; source of the spend object, else of the event.'),
      expires: field('Of reserve: when it is given up; expires of the spend object, else reservation_expiry from then.'),
      name: field('What it was spent on, for the breakdown: a model, a service.'),
    })
    .prefault({})
    .describe('Fields that are found elsewhere than under the same name in the spend object.'),
  defaultCurrency: z.string().min(1).max(32).optional().describe('What records without a currency are in; without it they are rejected.'),
};

type SpendOptions = z.output<z.ZodObject<typeof spendFields>>;

/**
 * Finds the record of spend in an event; null when the event spends nothing. What it finds is not yet believed: the
 * types are what they should be, the ledger looks at what they are.
 */
export function spendReader({ spend, fields, defaultCurrency }: SpendOptions): (event: Event, key: string) => IncomingRecord | null {
  return (event, key) => {
    const held = fieldAt(event, spend);
    const elsewhere = fields.amount === undefined ? undefined : fieldAt(event, fields.amount);
    if ((held === undefined || held === null) && elsewhere === undefined) return null;
    const bare = typeof held !== 'object';
    const own = (name: string) => (bare ? undefined : fieldAt(held, name));
    const at = (path: string | undefined, name: string): unknown => (path === undefined ? own(name) : fieldAt(event, path));
    const time = at(fields.eventTime, 'event_time') ?? own('eventTime') ?? event.timestamp;
    const found = {
      id: at(fields.id, 'id') ?? event.id,
      source: at(fields.source, 'source') ?? event.source,
      key,
      kind: at(fields.kind, 'kind') ?? 'delta',
      amount: fields.amount === undefined && bare ? held : at(fields.amount, 'amount'),
      currency: at(fields.currency, 'currency') ?? defaultCurrency,
      eventTime: readTime(time),
      expires: readTime(at(fields.expires, 'expires') ?? undefined),
      version: at(fields.version, 'version') ?? undefined,
      name: readName(at(fields.name, 'name')),
    };
    return found as IncomingRecord;
  };
}

/** ISO 8601 with a zone: a time without one could be anybody's midnight. */
const isoWithZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;
const readTime = (time: unknown): unknown =>
  typeof time === 'string' ? (isoWithZone.test(time.trim()) ? Date.parse(time.trim()) : Number.NaN) : time;

const readName = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
