import { z } from 'zod';
import { growingDelay } from '../base/backoff.ts';
import { digest } from '../base/digest.ts';
import { CaducusError } from '../errors.ts';
import type { Json } from '../event.ts';
import { createParser, formatOption } from '../formats/index.ts';
import type { FormatItem } from '../formats/format.ts';
import { defineSource, sourceOptions, type SourceBatch, type SourceContext } from './source.ts';
import { signalMaker } from './toSignals.ts';

const options = z.strictObject({
  ...sourceOptions,
  units: z.array(z.string().min(1)).default([]).describe('Only these units (patterns as systemctl takes them); all when empty.'),
  identifiers: z.array(z.string().min(1)).default([]).describe('Only what says one of these names (SYSLOG_IDENTIFIER).'),
  matches: z
    .array(z.string().regex(/^(?:[A-Z0-9_]+=.*|\+)$/s, 'expected FIELD=value, or +'))
    .default([])
    .describe('Other fields, as journalctl takes them: FIELD=value.'),
  since: z
    .string()
    .min(1)
    .default('now')
    .describe(
      'Where a first run starts: a time as journalctl takes it (today, -2h, 2026-03-14 03:00), or now. Later runs go on where the last one stopped.',
    ),
  follow: z.boolean().default(true).describe('Go on reading until stopped; without it, up to what is there now.'),
  directory: z.string().min(1).optional().describe('A folder of journal files in place of the journal of this machine.'),
  command: z.string().min(1).default('journalctl').describe('The program that reads the journal.'),
});

type Options = z.output<typeof options>;

/** journalctl that ends by itself is started again: after a second, later up to a minute. */
const again = { first: 1_000, most: 60_000 };
/** Starts in a row that gave nothing after which it is reported that it does not work. */
const mostFailures = 5;

/** What journalctl is called with. `--all`: without it fields over 4 KiB are left out, long messages among them. */
export function listParameters({ units, identifiers, matches, since, follow, directory }: Options, cursor: string | null): string[] {
  const place = cursor === null ? (since === 'now' ? ['--lines=0'] : [`--since=${since}`]) : [`--after-cursor=${cursor}`];
  return [
    '--output=json',
    '--all',
    '--no-pager',
    ...(follow ? ['--follow'] : []),
    // What follows shows ten lines of the past unless it is given how many.
    ...(follow && !place[0]!.startsWith('--lines') ? ['--no-tail'] : []),
    ...(directory === undefined ? [] : [`--directory=${directory}`]),
    ...units.map((unit) => `--unit=${unit}`),
    ...identifiers.map((name) => `--identifier=${name}`),
    ...place,
    ...matches,
  ];
}

/** The cursor of a record as journalctl printed it; null where it has none. */
export const readCursor = (record: string): string | null => /"__CURSOR"\s*:\s*"([^"\\]+)"/.exec(record)?.[1] ?? null;

const savedCursor = (from: Json | null): string | null =>
  from !== null && typeof from === 'object' && !Array.isArray(from) && typeof from['cursor'] === 'string' ? from['cursor'] : null;

async function* read(given: Options, { io, id, from, signal }: SourceContext): AsyncGenerator<SourceBatch> {
  const make = signalMaker({ source: id });
  let cursor = savedCursor(from);
  const batch = (items: readonly FormatItem[]): SourceBatch => {
    const last = items.findLast((item) => item.kind === 'draft');
    if (last?.kind === 'draft') cursor = readCursor(last.raw) ?? cursor;
    return { records: items.flatMap((item) => named(make([item]), item, id)), position: { cursor } };
  };
  for (let failures = 0; !signal.aborted; failures += 1) {
    const program = io.start(given.command, listParameters(given, cursor));
    const stop = () => program.stop();
    signal.addEventListener('abort', stop, { once: true });
    const parser = createParser(format, { reference: io.now() }, null);
    try {
      for await (const chunk of program.output) {
        failures = 0;
        const items = parser.push(chunk);
        if (items.length > 0) yield batch(items);
      }
      const rest = parser.end();
      if (rest.length > 0 && !signal.aborted) yield batch(rest);
      const { code, errors } = await program.ended;
      if (signal.aborted || (code === 0 && !given.follow)) return;
      if (code === null || failures + 1 >= mostFailures || !given.follow) throw notReadable(given, id, code, errors);
    } finally {
      signal.removeEventListener('abort', stop);
      program.stop();
    }
    await io.sleep(growingDelay(failures + 1, again), signal).catch(() => undefined);
  }
}

/** Lines, so that what a message says of its own level and component is read as in any log. */
const format = formatOption.parse({ lines: { multiline: false } });

/** A record is named by its cursor: it is the same however often and from wherever it is read. */
function named(signals: ReturnType<ReturnType<typeof signalMaker>>, item: FormatItem, id: string) {
  const cursor = item.kind === 'draft' ? readCursor(item.raw) : null;
  if (cursor !== null) for (const signal of signals) if (signal.kind === 'event') signal.event.id = `${id}-${digest(cursor, 16)}`;
  return signals;
}

function notReadable({ command }: Options, id: string, code: number | null, errors: string): CaducusError {
  const how = code === null ? 'cannot be started or was killed' : `ended with ${code}`;
  return new CaducusError('CAD011', { path: `sources.${id}` }, `${command} ${how}${errors === '' ? '' : `: ${errors.split('\n').at(-1)}`}`);
}

/**
 * The journal of systemd, read live by journalctl: a record is an event, its unit the group, its priority the level.
 * The position is the cursor of the last record, so that a restart, and a rotation or vacuum of the journal, goes on where it
 * was. Throws CAD011 when journalctl is not there or keeps failing, with what it printed. Needs the group systemd-journal.
 */
export const journald = defineSource({
  name: 'journald',
  summary: 'The journal of systemd, live.',
  options,
  live: ({ follow }) => follow,
  sequential: true,
  // A cursor is a place in the journal, whatever is picked from it.
  identity: ({ directory }) => ({ directory: directory ?? null }),
  open: (given, context) => ({ batches: read(given, context), close: async () => {} }),
  async probe(given, { io, id }) {
    const program = io.start(given.command, listParameters({ ...given, follow: false, since: 'now' }, null));
    const { code, errors } = await program.ended;
    if (code !== 0) throw notReadable(given, id, code, errors);
    return 'the journal can be read';
  },
});
