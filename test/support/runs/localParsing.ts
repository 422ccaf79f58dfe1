import { listSignalBuffers } from '../../../src/kernel/encodeSignals.ts';
import type { RedactKind } from '../../../src/redact/kinds.ts';
import { ParseHost } from '../../../src/sources/parsing/parseHost.ts';
import type { Parsing } from '../../../src/sources/parsing/parsing.ts';

/** Parses in this thread; what goes in and out is copied as between threads. `pushed` counts the pieces. */
export function localParsing(redact: readonly RedactKind[] = ['secrets']): Parsing & { pushed: number } {
  const host = new ParseHost({ redact });
  let streams = 0;
  const parsing = {
    pushed: 0,
    open(start: Parameters<Parsing['open']>[0]) {
      const stream = (streams += 1);
      host.answer(structuredClone({ ask: 'open', stream, start }));
      return {
        async push(bytes: Uint8Array) {
          parsing.pushed += 1;
          const parsed = host.answer({ ask: 'push', stream, bytes: structuredClone(bytes) })!;
          return structuredClone(parsed, { transfer: listSignalBuffers(parsed.signals) });
        },
        close: () => void host.answer({ ask: 'close', stream }),
      };
    },
    close: () => Promise.resolve(),
  };
  return parsing;
}
