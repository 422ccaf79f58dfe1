import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import { CaducusError } from '../errors.ts';
import { toIso, type Json, type JsonObject } from '../event.ts';
import { writePico } from '../safeguards/budget/money.ts';
import type { EventSignal, Signal } from '../signal.ts';
import { GivenSums } from './cost/givenSums.ts';
import { readReport } from './cost/readReport.ts';
import { reportFiles, stampFiles, findVersion } from './cost/reportFiles.ts';
import { inOrder, RollUp, type Bucket } from './cost/rollUp.ts';
import { shortHash } from './shortHash.ts';
import { defineSource, sourceOptions, type SourceBatch, type SourceContext } from './source.ts';

const options = z.strictObject({
  ...sourceOptions,
  path: z
    .string()
    .min(1)
    .describe(
      'CSV export, plain or gzip, or the folder of one: Cost and Usage Report (legacy or 2.0), FOCUS 1.x, or that of Google or Azure. Where versions of a month are kept, the newest counts.',
    ),
  cost: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Column with the amount; default the unblended cost of CUR, the billed cost of FOCUS, the cost in the billing currency of Azure.',
    ),
  exclude: z.array(z.string()).default([]).describe('Kinds of charge to leave out, such as Tax or Credit.'),
  every: z.enum(['hour', 'day']).default('hour').describe('Length of the sums: one record an hour or day, account and service.'),
  key: z
    .enum(['total', 'account', 'service'])
    .default('total')
    .describe('What makes the group, and so the budget: cost:total, cost:<account> or cost:<service>.'),
  follow: z.boolean().default(false).describe('Looks again for changed files and gives the sums that have changed.'),
  poll: duration.prefault('15m').describe('How often to look.'),
});
type CostOptions = z.output<typeof options>;

const batchSize = 1024;

function toRecord(bucket: Bucket, version: number, source: string, key: CostOptions['key']): EventSignal {
  const { time, account, service, currency, credit, period, rows, amount } = bucket;
  const decimal = writePico(amount);
  const name = [account, service, credit ? 'credit' : 'charge', currency, ...(period === null ? [] : [period])];
  const id = `${toIso(time)}/${name.join('/')}`;
  const event = {
    id: `cost-${time.toString(36).padStart(9, '0')}-${shortHash([source, ...name])}-${version.toString(36)}`,
    timestamp: toIso(time),
    source: 'cost',
    group_id: `cost:${{ total: 'total', account: account || 'unknown', service }[key]}`,
    text: `${service} ${decimal} ${currency}${credit ? ' credit' : ''}`,
    metadata: {
      account,
      service,
      rows,
      ...(period !== null && { billed_in: period }),
      spend: { id, source, kind: 'snapshot', amount: decimal, currency, event_time: toIso(time), version, name: service },
    },
  };
  return { kind: 'event', time, key: '', event };
}

/** A version of the report, how many of its records have been given, and whether that is all of them. */
interface Place extends JsonObject {
  stamp: string;
  given: number;
  whole: boolean;
}

function placeIn(from: Json | null): Place {
  const { stamp, given, whole } = from !== null && typeof from === 'object' && !Array.isArray(from) ? from : {};
  return typeof stamp === 'string' && typeof given === 'number'
    ? { stamp, given, whole: whole === true }
    : { stamp: '', given: 0, whole: false };
}

/** Reads reports, and again when they change. */
class Reports {
  readonly #options: CostOptions;
  readonly #context: SourceContext;
  #given: GivenSums | null = null;
  /** The last version that was read. */
  #last: { stamp: string; sums: ReadonlyMap<string, Bucket>; months: ReadonlySet<string> } | null = null;

  constructor(options: CostOptions, context: SourceContext) {
    this.#options = options;
    this.#context = context;
  }

  async *batches(): AsyncGenerator<SourceBatch> {
    const { io, id, from, signal, stateDir } = this.#context;
    const { path, follow, poll } = this.#options;
    this.#given = await GivenSums.open(io.files, stateDir, id);
    let place = placeIn(from);
    while (!signal.aborted) {
      const files = await reportFiles(io.files, path);
      if (files.length === 0 && !this.#last)
        throw new CaducusError('CAD010', { path: `sources.${id}` }, `${path}: no file, or no .csv or .csv.gz in it`);
      const stamp = stampFiles(files);
      if (files.length > 0 && stamp !== this.#last?.stamp) {
        const records = await this.#read(files, stamp);
        // Of the version a checkpoint stands in, what it covers has been given.
        const start = stamp !== place.stamp ? 0 : place.whole ? records.length : place.given;
        for (let at = start; at < records.length; at += batchSize) {
          const end = Math.min(at + batchSize, records.length);
          place = { stamp, given: end, whole: end === records.length };
          yield { records: records.slice(at, end), position: place };
        }
      }
      if (!follow) return;
      await io.sleep(poll, signal).catch(() => undefined);
    }
  }

  /** What is new in a version: rows that cannot be read, sums that have changed, and as zero those that have gone. */
  async #read(files: Awaited<ReturnType<typeof reportFiles>>, stamp: string): Promise<Signal[]> {
    const { io, id, signal } = this.#context;
    const { every, exclude, cost: column, key: grouping } = this.#options;
    const rollUp = new RollUp({ every, exclude: new Set(exclude.map((kind) => kind.toLowerCase())) });
    const records: Signal[] = [];
    for (const { path } of files) records.push(...(await readReport(path, rollUp, { files: io.files, id, cost: column, signal })));
    const version = findVersion(files);
    const { buckets: sums, months } = rollUp;
    for (const [key, bucket] of inOrder([...sums, ...this.#given!.gone(sums, months)])) {
      const before = this.#last?.sums.get(key);
      if (before?.amount !== bucket.amount) records.push(toRecord(bucket, version, id, grouping));
    }
    this.#given!.begin(sums);
    this.#last = { stamp, sums, months };
    return records;
  }

  /** A checkpoint covers that position. */
  async commit(position: Json): Promise<void> {
    const { stamp, whole } = placeIn(position);
    if (whole && stamp === this.#last?.stamp) this.#given!.whole(this.#last.sums, this.#last.months);
    await this.#given?.save();
  }
}

/**
 * Cloud spend out of cost reports, for `budget`: one record an hour (or day), account and service, with the exact sum as a
 * snapshot in `metadata.spend`. An hour that a later export revises comes again with a higher version and replaces the
 * earlier sum; a sum that it no longer has comes again as zero. Throws CAD010 when there is no file, CAD075 when one is no cost report.
 */
export const cost = defineSource({
  name: 'cost',
  summary: 'Reads AWS Cost and Usage Reports, FOCUS and the exports of Google and Azure as spend for budgets.',
  options,
  live: ({ follow }) => follow,
  open: (given, context) => {
    const reports = new Reports(given, context);
    return { batches: reports.batches(), commit: (position) => reports.commit(position), close: async () => {} };
  },
});
