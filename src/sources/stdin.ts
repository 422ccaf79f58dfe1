import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import { createParser, formatOption } from '../formats/index.ts';
import type { Parser } from '../formats/format.ts';
import { DamagedGzip, plainBytes } from './file/openBytes.ts';
import { defineSource, sourceOptions, type SourceBatch, type SourceContext } from './source.ts';
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

async function* read(parser: Parser, flushAfter: number, context: SourceContext): AsyncGenerator<SourceBatch> {
  const signals = signalMaker({ source: context.id });
  const chunks = plainBytes(context.io.stdin());
  const next = puller(chunks, context);
  let flushed = true;
  try {
    for (;;) {
      const chunk = await next(flushed ? null : flushAfter);
      if (chunk === null) break;
      flushed = chunk === 'quiet';
      const items = chunk === 'quiet' ? parser.flush() : parser.push(chunk);
      yield { records: signals(items), position: parser.position().offset };
    }
    if (!context.signal.aborted) yield { records: signals(parser.end()), position: parser.position().offset };
  } catch (error) {
    if (!(error instanceof DamagedGzip)) throw error;
    const { line, offset } = parser.position();
    const reason = `damaged gzip data: ${error.message}`;
    const records = signals([...parser.end(), { kind: 'refusal', reason, line: line + 1, offset, original: '' }]);
    yield { records, position: parser.position().offset };
  } finally {
    // Not awaited: an iterator may want to end the read that waits first.
    void chunks.return?.();
  }
}

/** What is piped into the program. It cannot be read again: a run without a journal does not survive a restart. */
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
    const parser = createParser(format, { reference: context.io.now() }, null);
    return { batches: read(parser, flushAfter, context), close: async () => {} };
  },
});
