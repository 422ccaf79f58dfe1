import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../../src/event.ts';
import { largestDisorder, latenessFor } from '../../../src/run/intake/disorder.ts';
import { OrderedClock } from '../../../src/run/intake/orderedClock.ts';
import { SourceClock, type SavedSourceClock } from '../../../src/run/intake/sourceClock.ts';
import { SortedRuns } from '../../../src/run/intake/sortedRuns.ts';
import type { Signal } from '../../../src/signal.ts';
import { eventAt } from '../../support/fakes.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';

const minute = 60_000;
const options = { live: false, sequential: true, lateness: 0, maxFutureSkew: null };
const nameOf = (record: Signal) => (record.kind === 'event' ? record.event.text : '?');
const roundTrip = (saved: SavedSourceClock) => JSON.parse(JSON.stringify(saved)) as SavedSourceClock;

/** Times that step forward by up to a minute, each held up by up to so many milliseconds. */
const disordered = (most: number) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: minute }), fc.integer({ min: 0, max: most })), { minLength: 9, maxLength: 120 })
    .map((steps) => {
      let time = 1_000_000_000_000;
      const lines = steps.map(([step, delay]) => ({ time: (time += step), arrives: time + delay }));
      return lines.toSorted((a, b) => a.arrives - b.arrives).map((line) => line.time);
    });
const recordsOf = (times: readonly number[], name = '') => times.map((time, i) => eventAt(time, `${name}${i}`));

/** Gives records in batches of such sizes; the position is how many were given. */
function read(clock: OrderedClock | SourceClock, records: readonly Signal[], sizes: readonly number[], from = 0): Signal[] {
  const out: Signal[] = [];
  for (let at = from, i = 0; at < records.length; i += 1) {
    const end = Math.min(records.length, at + sizes[i % sizes.length]!);
    out.push(...clock.settle({ records: records.slice(at, end), before: at === 0 ? null : at, position: end }, 2e12));
    at = end;
  }
  return out;
}
const positionOf = (clock: OrderedClock): Json => (clock.behind.size > 0 ? [...clock.behind.values()][0]! : clock.position);

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });

describe('finite input in order', () => {
  it('waits for nothing while nothing is out of order', () => {
    const clock = new OrderedClock(options);
    const records = recordsOf(Array.from({ length: 20 }, (_, i) => 1e12 + (i >> 1) * 1000));
    expect(read(clock, records, [7])).to.deep.equal(records.slice(0, 20));
    expect(clock.held).to.equal(0);
  });

  it('is sorted where no record lies further behind than the lateness, whatever the disk has to hold', () => {
    fc.assert(
      fc.property(disordered(2 * minute), sizes, fc.boolean(), (times, cut, onDisk) => {
        const runs = onDisk ? new SortedRuns(memoryFiles(), '/sorting') : null;
        const clock = new OrderedClock(options, [], onDisk ? { runs, most: 3000 } : {});
        clock.lookAhead(recordsOf(times), 2e12);
        const out = [...read(clock, recordsOf(times), cut), ...clock.flush()];
        expect(out.map(({ time }) => time)).to.deep.equal(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });

  it('grows its lateness with the disorder it meets, loses and doubles nothing, however it is cut', () => {
    fc.assert(
      fc.property(disordered(30 * minute), sizes, (times, cut) => {
        const whole = new OrderedClock(options);
        const expected = [...read(whole, recordsOf(times), [1000]), ...whole.flush()].map(nameOf);
        const clock = new OrderedClock(options);
        expect([...read(clock, recordsOf(times), cut), ...clock.flush()].map(nameOf)).to.deep.equal(expected);
        expect(expected.toSorted()).to.deep.equal(recordsOf(times).map(nameOf).toSorted());
      }),
      { numRuns: 200 },
    );
    expect([0, 5, 3 * minute, 600 * minute].map(latenessFor)).to.deep.equal([0, 2 * minute, 3 * minute, 60 * minute]);
    expect(largestDisorder([5, 9, 3, 8])).to.equal(6);
  });

  it('keeps the order of equal times', () => {
    const clock = new OrderedClock(options);
    const times = [0, 3, 1, 3, 1, 3, 1, 0, 9, 9].map((minutes) => 1e12 + minutes * minute);
    clock.lookAhead(recordsOf(times), 2e12);
    expect([...read(clock, recordsOf(times), [3]), ...clock.flush()].map(nameOf).join('')).to.equal('0724613589');
  });

  it('gives the same whole from any save on: what waited comes again, what was given does not', () => {
    fc.assert(
      fc.property(disordered(8 * minute), sizes, sizes, fc.nat(), (times, cut, other, at) => {
        const records = recordsOf(times);
        const whole = new OrderedClock(options);
        const expected = [...read(whole, records, cut), ...whole.flush()].map(nameOf);
        const first = new OrderedClock(options);
        const stop = at % (records.length + 1);
        const before = read(first, records.slice(0, stop), cut);
        const position = positionOf(first);
        const again = new OrderedClock(options, roundTrip(first.save()), { position });
        const after = read(again, records, other, (position as number | null) ?? 0);
        expect([...before, ...after, ...again.flush()].map(nameOf)).to.deep.equal(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('a run that follows the input afterwards gives what waited, and nothing twice', () => {
    fc.assert(
      fc.property(disordered(5 * minute), sizes, fc.nat(), (times, cut, at) => {
        const records = recordsOf(times);
        const first = new OrderedClock(options);
        const before = read(first, records.slice(0, at % (records.length + 1)), cut);
        const position = positionOf(first);
        const live = new SourceClock({ ...options, live: true }, roundTrip(first.save()));
        const half = Math.floor(records.length / 2);
        const begin = (position as number | null) ?? 0;
        const middle = Math.max(begin, half);
        const after = read(live, records.slice(0, middle), cut, begin);
        const third = new SourceClock({ ...options, live: true }, roundTrip(live.save()));
        after.push(...read(third, records, cut, middle), ...third.flush());
        expect([...before, ...after].map(nameOf).toSorted()).to.deep.equal(records.map(nameOf).toSorted());
      }),
      { numRuns: 200 },
    );
  });

  it('streams that are read side by side come out in one order, whichever gives first', () => {
    fc.assert(
      fc.property(disordered(0), disordered(0), fc.array(fc.boolean(), { minLength: 400, maxLength: 400 }), (left, right, turns) => {
        const inputs = { a: recordsOf(left, 'a'), b: recordsOf(right, 'b') };
        const clock = new OrderedClock(options);
        const at = { a: 0, b: 0 };
        const out: Signal[] = [];
        for (const turn of turns) {
          const open = (['a', 'b'] as const).filter((name) => at[name] < inputs[name].length);
          if (open.length === 0) break;
          const stream = open[turn ? 0 : open.length - 1]!;
          const records = inputs[stream].slice(at[stream], at[stream] + 3);
          const before = { ...at };
          at[stream] += records.length;
          out.push(
            ...clock.settle({ records, stream, streams: new Map(open.map((name) => [name, null])), before, position: { ...at } }, 2e12),
          );
        }
        out.push(...clock.flush());
        const expected = [...inputs.a, ...inputs.b].toSorted((a, b) => a.time - b.time).map(({ time }) => time);
        expect(out.map(({ time }) => time)).to.deep.equal(expected);
      }),
      { numRuns: 100 },
    );
  });
});
