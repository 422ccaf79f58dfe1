import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import { createParser, formatOption } from '../formats/index.ts';
import type { FormatItem } from '../formats/format.ts';
import { withoutLine } from './file/backwardReader.ts';
import { DamagedGzip, plainBytes } from './file/openBytes.ts';
import { bytesInMemory, fileBytes, readBackwards, type Bytes, type MakeParser } from './file/readBackwards.ts';
import { defineSource, sourceOptions, type SourceBatch, type SourceContext } from './source.ts';
import { PipeOrder } from './stdin/pipeOrder.ts';
import { spoolPipe } from './stdin/spoolPipe.ts';
import { signalMaker } from './toSignals.ts';

const options = z.strictObject({
  format: formatOption,
  flushAfter: duration
    .prefault('1s')
    .describe('When the input has been quiet for this long, a record that waited for more lines comes out.'),
  ...sourceOptions,
});

/** The next chunk; 'quiet' when none came in time; null at the end or when the source was closed. */
type Next = Uint8Array | 'quiet' | null;

/** Pulls chunks, and says when there was none for a while. A pull that is under way is kept for the next call. */
function puller(chunks: AsyncIterator<Uint8Array>, { io, signal }: SourceContext) {
  const closed = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  let pull: Promise<Uint8Array | null> | null = null;
  return async (quietAfter: number | null): Promise<Next> => {
    pull ??= chunks.next().then(({ done, value }) => (done ? null : value));
    const timer = new AbortController();
    const races: Promise<Next>[] = [pull, closed];
    if (quietAfter !== null)
      races.push(
        io.sleep(quietAfter, timer.signal).then(
          () => 'quiet' as const,
          () => closed,
        ),
      );
    const next = await Promise.race(races);
    timer.abort();
    if (next !== 'quiet') pull = null;
    return next;
  };
}

interface Reading {
  makeParser: MakeParser;
  flushAfter: number;
  /** Called when all of it is put aside because it is written newest first, and when that has ended. */
  waits(is: boolean): void;
}

async function* read({ makeParser, flushAfter, waits }: Reading, context: SourceContext): AsyncGenerator<SourceBatch> {
  const parser = makeParser(null);
  const signals = signalMaker({ source: context.id });
  const chunks = plainBytes(context.io.stdin());
  const next = puller(chunks, context);
  // Where its data lies, a pipe that is written newest first can wait there for its end.
  const folder = context.stateDir ?? context.dataDir;
  const order = new PipeOrder();
  if (folder === undefined) order.pause();
  let [bytes, held]: [Uint8Array[], FormatItem[]] = [[], []];
  let flushed = true;
  try {
    for (;;) {
      const chunk = await next(flushed && held.length === 0 ? null : flushAfter);
      if (chunk === null) break;
      flushed = chunk === 'quiet';
      const items = chunk === 'quiet' ? parser.flush() : parser.push(chunk);
      if (order.decided === null) {
        if (chunk === 'quiet') order.pause();
        else {
          bytes.push(chunk.slice());
          order.take(items);
        }
        held.push(...items);
        if (order.decided === null) continue;
        if (order.decided === 'newest first') return yield* spooled([...bytes], chunks);
        yield { records: signals(held), position: parser.position().offset };
        [bytes, held] = [[], []];
      } else yield { records: signals(items), position: parser.position().offset };
    }
    if (context.signal.aborted) {
      // What waits for its order has been taken in.
      if (held.length > 0) yield { records: signals(held), position: parser.position().offset };
      return;
    }
    const last = parser.end();
    if (order.decided === null) {
      order.take(last);
      order.end();
      if (order.decided === 'newest first') return yield* backwards(bytesInMemory(Buffer.concat(bytes)));
    }
    yield { records: signals([...held, ...last]), position: parser.position().offset };
  } catch (error) {
    if (!(error instanceof DamagedGzip)) throw error;
    const { line, offset } = parser.position();
    const reason = `damaged gzip data: ${error.message}`;
    const records = signals([...held, ...parser.end(), { kind: 'refusal', reason, line: line + 1, offset, original: '' }]);
    yield { records, position: parser.position().offset };
  } finally {
    // Not awaited: an iterator may want to end the read that waits first.
    void chunks.return?.();
  }

  async function* spooled(first: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<SourceBatch> {
    waits(true);
    const all = async function* () {
      yield* first;
      for (let more = await rest.next(); more.done !== true; more = await rest.next()) yield more.value;
    };
    const { signal, io } = context;
    const spool = await spoolPipe(io, all(), { folder: folder!, signal, command: 'caducus run ...' });
    try {
      waits(false);
      if (!signal.aborted) yield* backwards(fileBytes(io.files, spool));
    } finally {
      await io.files.remove(spool.path);
    }
  }

  async function* backwards(all: Bytes): AsyncGenerator<SourceBatch> {
    for await (const { items, end } of readBackwards(all, makeParser, all.size))
      yield { records: signals(items).map(withoutLine), position: end };
  }
}

/**
 * What is piped into the program. It cannot be read again: a run without a journal does not survive a restart. One that is
 * written newest first, by its first 1,000 records, waits on disk for its end, up to 1 GiB, and is read from there on back;
 * beyond that it throws CAD002 with the command that turns it round. A pipe that pauses before is read as it comes.
 */
export const stdin = defineSource({
  name: 'stdin',
  summary: 'what is piped into the program',
  options,
  replayable: false,
  // What is piped in has no place that could be found again.
  identity: () => ({}),
  live: true,
  sequential: true,
  probe: async () => 'read when the pipeline runs',
  open: ({ format, flushAfter }, context) => {
    const reference = context.io.now();
    let since: number | null = null;
    const reading: Reading = {
      flushAfter,
      makeParser: (from) => createParser(format, { reference }, from),
      waits: (is) => (since = is ? context.io.now() : null),
    };
    return {
      batches: read(reading, context),
      trouble: () => (since === null ? null : { since, why: 'standard input is written newest first: it is read when it has ended' }),
      close: async () => {},
    };
  },
});
