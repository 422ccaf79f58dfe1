import { expect } from 'chai';
import { stdin } from '../../src/sources/stdin.ts';
import type { Signal } from '../../src/signal.ts';
import { openSource } from '../support/openSource.ts';
import { memoryFiles } from '../support/memoryFiles.ts';
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

  describe('that is written newest first', () => {
    const clock = (n: number) => new Date(Date.parse('2024-05-01T10:00:00Z') + n * 1000).toISOString();
    const down = (from: number, to: number) =>
      Array.from({ length: from - to }, (_, i) => `${clock(from - i)} INFO line ${from - i}\n`).join('');
    const up = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}`);
    const files = memoryFiles();
    const ordered = (dataDir: string | undefined = '/d') => {
      const piped = pipedIo();
      const io = Object.assign(piped.io, { files });
      const open = openSource(stdin, { format: 'lines' }, { io, ...(dataDir && { dataDir }) });
      const signals: Signal[] = [];
      const done = (async () => {
        for await (const batch of open.batches) signals.push(...batch.records);
      })();
      return { ...piped, ...open, signals, done };
    };

    it('comes in the order of time when it has ended, a short one and one of several pieces', async () => {
      for (const many of [9, 5000]) {
        const { push, done, signals } = ordered();
        for (let n = many; n > 0; n -= 500) push(down(n, Math.max(0, n - 500)));
        push(null);
        await done;
        expect(textsOf(signals)).to.deep.equal(up(many));
      }
      expect(Object.keys(files.texts())).to.deep.equal([]);
    });

    it('says while it waits for its end why nothing comes', async () => {
      const { push, done, trouble } = ordered();
      expect(trouble!()).to.equal(null);
      push(down(1500, 0));
      await settle();
      expect(trouble!()).to.deep.include({ why: 'standard input is written newest first: it is read when it has ended' });
      push(null);
      await done;
      expect(trouble!()).to.equal(null);
    });

    it('is read as it comes once it pauses before its thousandth record: nobody waits for the end of what is live', async () => {
      const { push, signals, io, stop, done } = ordered();
      push(down(20, 10));
      await settle();
      expect(signals).to.deep.equal([]);
      for (let i = 0; i < 2; i += 1) {
        io.advance(1000);
        await settle();
      }
      expect(textsOf(signals)).to.have.length(10);
      stop();
      await done;
    });

    it('is read as it comes in plain code, which has no place for it', async () => {
      const { push, done, signals } = reading('lines');
      push(down(20, 0));
      push(null);
      await done;
      expect(textsOf(signals)).to.deep.equal(up(20).toReversed());
    });

    it('keeps nothing back of one that is written as things happen', async () => {
      const { push, signals, stop, done } = ordered();
      push(Array.from({ length: 2000 }, (_, i) => `${clock(i)} INFO line ${i}\n`).join(''));
      await settle();
      // The last record may still grow.
      expect(textsOf(signals)).to.have.length(1999);
      stop();
      await done;
    });

    it('gives what it holds when it is stopped', async () => {
      const { push, signals, stop, done } = ordered();
      push(down(900, 0));
      await settle();
      expect(signals).to.deep.equal([]);
      stop();
      await done;
      expect(textsOf(signals).length).to.be.at.least(800);
    });
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
