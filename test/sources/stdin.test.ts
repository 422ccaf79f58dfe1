import { expect } from 'chai';
import { stdin } from '../../src/sources/stdin.ts';
import type { Signal } from '../../src/signal.ts';
import { openSource } from '../support/openSource.ts';
import { settle, virtualIo } from '../support/virtualIo.ts';
import { textsOf } from './file/fileRuns.ts';

const encoder = new TextEncoder();

/** An io whose stdin gives what is pushed. */
function pipedIo() {
  const chunks: (Uint8Array | null)[] = [];
  let wake = () => {};
  const state = { returned: false };
  const io = virtualIo({ auto: false });
  return {
    state,
    push(text: string | null) {
      chunks.push(text === null ? null : encoder.encode(text));
      wake();
    },
    io: Object.assign(io, {
      stdin: (): AsyncIterable<Uint8Array> => ({
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            while (chunks.length === 0) await new Promise<void>((resolve) => (wake = resolve));
            const value = chunks.shift();
            return value ? { done: false as const, value } : { done: true as const, value: undefined };
          },
          return: async () => {
            state.returned = true;
            return { done: true as const, value: undefined };
          },
        }),
      }),
    }),
  };
}

function reading(format: string) {
  const piped = pipedIo();
  const open = openSource(stdin, { format: format as 'lines' }, { io: piped.io });
  const signals: Signal[] = [];
  const done = (async () => {
    for await (const batch of open.batches) signals.push(...batch.records);
  })();
  return { ...piped, ...open, signals, done };
}

describe('stdin', () => {
  it('reads to the end of the pipe, the last line without its line end', async () => {
    const { push, done, signals } = reading('lines');
    push('2024-05-01 10:00:00 INFO o');
    push('ne\n2024-05-01 10:00:01 INFO two');
    push(null);
    await done;
    expect(textsOf(signals)).to.deep.equal(['one', 'two']);
  });

  it('gives a record that waits for more lines when the pipe has been quiet', async () => {
    const { push, signals, io, stop, done } = reading('lines');
    push('2024-05-01 10:00:00 ERROR boom\n');
    await settle();
    expect(textsOf(signals)).to.deep.equal([]);
    io.advance(1000);
    await settle();
    expect(textsOf(signals)).to.deep.equal(['boom']);
    stop();
    await done;
  });

  it('stops at once while it waits, and lets go of the pipe', async () => {
    const { stop, done, state } = reading('ndjson');
    await settle();
    stop();
    await done;
    expect(state.returned).to.equal(true);
  });

  it('cannot be read again, and never ends by itself', () => {
    const options = stdin.spec.options.parse({});
    expect([stdin.spec.replayable(options), stdin.spec.live(options)]).to.deep.equal([false, true]);
  });
});
