import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/event.ts';
import { feed, type Incoming, type Inlet } from '../../../src/run/intake/feed.ts';
import type { EventSignal, Signal } from '../../../src/signal.ts';
import type { SourceBatch } from '../../../src/sources/source.ts';
import { eventAt } from '../../support/fakes.ts';
import { testIo } from '../../support/testIo.ts';

const forever = () => new AbortController().signal;

/** A source that gives these batches, each a list of event times, and stands behind as many of them. */
function inlet(id: string, batches: readonly (readonly number[])[], more: Partial<Inlet> = {}): Inlet {
  async function* all(): AsyncGenerator<SourceBatch> {
    for (const [i, times] of batches.entries()) yield { records: times.map((time) => eventAt(time, id)), position: i + 1 };
  }
  const open = { batches: all(), close: async () => {} };
  const fresh = { clock: null, prepare: (record: Signal) => record };
  return { id, open, ...fresh, position: null, live: false, idle: 5, skip: 0, reached: null, ...more };
}

async function fed(inlets: readonly Inlet[], signal = forever()): Promise<Incoming[]> {
  const all: Incoming[] = [];
  for await (const incoming of feed(inlets, testIo(), signal)) all.push(incoming);
  return all;
}

const order = (all: readonly Incoming[]): string[] =>
  all.flatMap(({ source, records }) => records.map((record) => `${source}${(record as EventSignal).time}`));
const lastPosition = (all: readonly Incoming[], id: string): Json | undefined =>
  all.findLast(({ source, position }) => source === id && position !== undefined)?.position;

describe('feed of finite sources', () => {
  it('merges by event time; on a tie the source declared first goes first', async () => {
    const all = await fed([inlet('a', [[1, 4], [6]]), inlet('b', [[1, 2, 4, 9]])]);
    expect(order(all)).to.deep.equal(['a1', 'b1', 'b2', 'a4', 'b4', 'a6', 'b9']);
  });

  it('keeps each source in its own order: a record that is late goes with the newest before it', async () => {
    const all = await fed([inlet('a', [[5, 1, 6]]), inlet('b', [[2, 7]])]);
    expect(order(all)).to.deep.equal(['b2', 'a5', 'a1', 'a6', 'b7']);
  });

  it('says where a source stands only with the last record of a batch', async () => {
    const all = await fed([inlet('a', [[1, 5]]), inlet('b', [[3]])]);
    expect(all.map(({ source, position }) => [source, position])).to.deep.equal([
      ['a', undefined],
      ['b', 1],
      ['a', 1],
    ]);
  });

  it('gives a batch without records too, for its position', async () => {
    const all = await fed([inlet('a', [[], [2], []])]);
    expect(all.map(({ given, position }) => [given, position])).to.deep.equal([
      [0, 1],
      [1, 2],
      [0, 3],
    ]);
  });

  it('leaves out what an earlier run has taken, over the ends of batches', async () => {
    expect(
      order(
        await fed([
          inlet(
            'a',
            [
              [1, 2],
              [3, 4],
            ],
            { skip: 3, reached: 3 },
          ),
        ]),
      ),
    ).to.deep.equal(['a4']);
  });

  it('gives one order, however each source is cut', async () => {
    const times = fc.array(fc.nat(30), { maxLength: 20 });
    const cut = (all: readonly number[], size: number) =>
      Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
    const sizes = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }));
    await fc.assert(
      fc.asyncProperty(times, times, sizes, async (a, b, [sizeA, sizeB]) => {
        const whole = order(await fed([inlet('a', [a]), inlet('b', [b])]));
        const pieces = await fed([inlet('a', cut(a, sizeA)), inlet('b', cut(b, sizeB))]);
        expect(order(pieces)).to.deep.equal(whole);
        expect(whole).to.have.length(a.length + b.length);
        if (a.length > 0) expect(lastPosition(pieces, 'a')).to.equal(Math.ceil(a.length / sizeA));
      }),
      { numRuns: 50 },
    );
  });

  it('ends when the run is stopped while a source hangs in a read', async () => {
    const stop = new AbortController();
    const hanging = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          queueMicrotask(() => stop.abort());
          return new Promise<IteratorResult<SourceBatch>>(() => {});
        },
      }),
    };
    const stuck = inlet('a', [], { open: { batches: hanging, close: async () => {} } });
    expect(await fed([stuck], stop.signal)).to.deep.equal([]);
  });

  it('fails as the source fails', async () => {
    async function* broken(): AsyncGenerator<SourceBatch> {
      yield { records: [eventAt(1)], position: 1 };
      throw new Error('the disk is gone');
    }
    const failure = await fed([inlet('a', [], { open: { batches: broken(), close: async () => {} } })]).catch(
      (error: Error) => error.message,
    );
    expect(failure).to.equal('the disk is gone');
  });
});

describe('feed with a live source', () => {
  it('merges by arrival, not by time, and says of each that it has ended', async () => {
    const all = await fed([inlet('a', [[9], [1]], { live: true }), inlet('b', [[5]])]);
    expect(order(all).toSorted()).to.deep.equal(['a1', 'a9', 'b5']);
    expect(order(all).filter((one) => one.startsWith('a'))).to.deep.equal(['a9', 'a1']);
    expect(
      all
        .filter(({ ended }) => ended)
        .map(({ source }) => source)
        .toSorted(),
    ).to.deep.equal(['a', 'b']);
  });

  it('gives a whole batch at once, less what an earlier run has taken', async () => {
    const [first, second] = await fed([
      inlet(
        'a',
        [
          [1, 2],
          [3, 4],
        ],
        { live: true, skip: 3 },
      ),
    ]);
    expect([first!.given, first!.left, second!.given, second!.left]).to.deep.equal([0, 1, 1, 0]);
    expect(order([first!, second!])).to.deep.equal(['a4']);
  });

  it('gives what came before a source failed, then fails as it did', async () => {
    async function* broken(): AsyncGenerator<SourceBatch> {
      yield { records: [eventAt(1)], position: 1 };
      throw new Error('connection lost');
    }
    const all: Incoming[] = [];
    const run = async () => {
      const inlets = [inlet('a', [], { live: true, open: { batches: broken(), close: async () => {} } })];
      for await (const incoming of feed(inlets, testIo(), forever())) all.push(incoming);
    };
    expect(await run().catch((error: Error) => error.message)).to.equal('connection lost');
    expect(order(all)).to.deep.equal(['a1']);
  });
});
