import { join } from 'node:path';
import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import { CaducusError } from '../errors.ts';
import { isoOf, type Json } from '../event.ts';
import type { Files } from '../io.ts';
import { decimalOf } from '../safeguards/budget/money.ts';
import type { EventSignal, Signal } from '../signal.ts';
import { readReport } from './cost/readReport.ts';
import { RollUp, type Bucket } from './cost/rollUp.ts';
import { shortHash } from './shortHash.ts';
import { defineSource, sourceOptions, type SourceBatch, type SourceContext } from './source.ts';

const options = z.strictObject({
  ...sourceOptions,
  path: z.string().min(1).describe('CSV export, plain or gzip, or the folder of one: Cost and Usage Report (legacy or 2.0), or FOCUS 1.x. One version of each month only.'),
  cost: z.string().min(1).optional().describe('Column with the amount; default the unblended cost of CUR and the billed cost of FOCUS.'),
  exclude: z.array(z.string()).default([]).describe('Kinds of charge to leave out, such as Tax or Credit.'),
  every: z.enum(['hour', 'day']).default('hour').describe('Length of the sums: one record an hour or day, account and service.'),
  key: z.enum(['total', 'account', 'service']).default('total').describe('What makes the group, and so the budget: cost:total, cost:<account> or cost:<service>.'),
  follow: z.boolean().default(false).describe('Looks again for changed files and gives the sums that have changed.'),
  poll: duration.prefault('15m').describe('How often to look.'),
});
type CostOptions = z.output<typeof options>;

const batchSize = 1024;
/** Folders in folders: exports are laid out by name, month and version. */
const deepest = 8;

interface ReportFile {
  path: string;
  /** Last change, milliseconds since 1970. */
  changed: number;
  size: number;
}

async function reportFiles(files: Files, path: string, depth = 0): Promise<ReportFile[]> {
  const found = await files.stat(path);
  if (!found) return [];
  if (!found.isDirectory()) return [{ path, changed: Math.floor(found.mtimeMs), size: found.size }];
  const inside: ReportFile[] = [];
  if (depth >= deepest) return inside;
  for (const name of await files.list(path)) {
    const below = join(path, name);
    if (/\.csv(\.gz)?$/i.test(name) || (await files.stat(below))?.isDirectory()) inside.push(...(await reportFiles(files, below, depth + 1)));
  }
  return inside;
}

/** Every change of any file makes another version; versions rise with the time of change. */
const versionOf = (files: readonly ReportFile[]) => Math.max(...files.map(({ changed }) => changed));
const stampOf = (files: readonly ReportFile[]) => shortHash(files.flatMap(({ path, changed, size }) => [path, String(changed), String(size)]));

function toRecord(bucket: Bucket, version: number, source: string, key: CostOptions['key']): EventSignal {
  const { time, account, service, currency, credit, rows, amount } = bucket;
  const decimal = decimalOf(amount);
  const name = [account, service, credit ? 'credit' : 'charge', currency];
  const id = `${isoOf(time)}/${name.join('/')}`;
  const event = {
    id: `cost-${time.toString(36).padStart(9, '0')}-${shortHash([source, ...name])}-${version.toString(36)}`,
    timestamp: isoOf(time),
    source: 'cost',
    group_id: `cost:${{ total: 'total', account: account || 'unknown', service }[key]}`,
    text: `${service} ${decimal} ${currency}${credit ? ' credit' : ''}`,
    metadata: { account, service, rows, spend: { id, source, kind: 'snapshot', amount: decimal, currency, event_time: isoOf(time), version, name: service } },
  };
  return { kind: 'event', time, key: '', event };
}

interface Place {
  stamp: string;
  given: number;
}

function placeIn(from: Json | null): Place {
  const { stamp, given } = from !== null && typeof from === 'object' && !Array.isArray(from) ? from : {};
  return typeof stamp === 'string' && typeof given === 'number' ? { stamp, given } : { stamp: '', given: 0 };
}

async function* batches(given: CostOptions, { io, id, from, signal }: SourceContext): AsyncGenerator<SourceBatch> {
  let place = placeIn(from);
  /** Sums that were given, to leave out what a new version has not changed. */
  let known = new Map<string, bigint>();
  for (let first = true; !signal.aborted; first = false) {
    const files = await reportFiles(io.files, given.path);
    if (files.length === 0 && first) throw new CaducusError('CAD010', { path: `sources.${id}` }, `${given.path}: no file, or no .csv or .csv.gz in it`);
    const stamp = stampOf(files);
    if (files.length > 0 && (first || stamp !== place.stamp)) {
      const rollUp = new RollUp({ every: given.every, exclude: new Set(given.exclude.map((kind) => kind.toLowerCase())) });
      const records: Signal[] = [];
      for (const { path } of files) records.push(...(await readReport(path, rollUp, { files: io.files, id, cost: given.cost, signal })));
      const buckets = rollUp.buckets();
      const version = versionOf(files);
      const sums = new Map(buckets.map(([key, bucket]) => [key, bucket.amount]));
      for (const [key, bucket] of buckets) if (known.get(key) !== bucket.amount) records.push(toRecord(bucket, version, id, given.key));
      // Of the version a checkpoint stands in, what it covers has been given.
      const start = stamp === place.stamp ? place.given : 0;
      for (let at = start; at < records.length; at += batchSize) {
        place = { stamp, given: Math.min(at + batchSize, records.length) };
        yield { records: records.slice(at, at + batchSize), position: { ...place } };
      }
      place = { stamp, given: records.length };
      known = sums;
    }
    if (!given.follow) return;
    await io.sleep(given.poll, signal).catch(() => undefined);
  }
}

/**
 * Cloud spend out of cost reports, for `budget`: one record an hour (or day), account and service, with the exact sum as a
 * snapshot in `metadata.spend`. An hour that a later export revises comes again with a higher version and replaces the
 * earlier sum. Throws CAD010 when there is no file, CAD075 when one is no cost report.
 */
export const cost = defineSource({
  name: 'cost',
  summary: 'Reads AWS Cost and Usage Reports and FOCUS exports as spend for budgets.',
  options,
  live: ({ follow }) => follow,
  open: (given, context) => ({ batches: batches(given, context), close: async () => {} }),
});
