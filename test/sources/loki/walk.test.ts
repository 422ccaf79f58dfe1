import { expect } from 'chai';
import fc from 'fast-check';
import type { Entry, Question } from '../../../src/sources/loki/queryRange.ts';
import { makeQuestion, takeAnswer, type Place } from '../../../src/sources/loki/walk.ts';

const entry = (nanos: number, line: string): Entry => ({ nanos: BigInt(nanos), labels: {}, value: [String(nanos), line] });
const name = ({ value }: Entry) => String(value);

/** What Loki answers: the oldest lines of the span, at most so many. */
const answer = (all: readonly Entry[], { start, end, limit }: Question) =>
  all.filter(({ nanos }) => nanos >= start && nanos < end).slice(0, limit);

function walk(
  all: readonly Entry[],
  { until, step, limit, stopAfter = Number.POSITIVE_INFINITY }: { until: number; step: number; limit: number; stopAfter?: number },
) {
  const found: string[] = [];
  let place: Place = { at: 0n, seen: [] };
  let overfull = 0;
  for (let asked = 0; place.at < BigInt(until) && asked < 1000; asked += 1) {
    const question = makeQuestion(place, BigInt(until), BigInt(step), limit);
    const taken = takeAnswer(place, question, answer(all, question), name);
    found.push(...taken.entries.map(name));
    overfull += taken.overfull ? 1 : 0;
    // A restart: the place goes through a checkpoint.
    place =
      asked === stopAfter
        ? { at: BigInt(String(taken.next.at)), seen: JSON.parse(JSON.stringify(taken.next.seen)) as string[] }
        : taken.next;
  }
  return { found, overfull };
}

describe('a walk through the lines of a span', () => {
  it('meets every line once, in order, however many share a time, over a restart too (property)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { maxLength: 60 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(20),
        (times, step, most, stopAfter) => {
          const all = times.toSorted((a, b) => a - b).map((nanos, i) => entry(nanos, `line ${i}`));
          const together = Math.max(0, ...times.map((one) => times.filter((other) => other === one).length));
          const { found, overfull } = walk(all, { until: 41, step, limit: Math.max(most, together + 1), stopAfter });
          expect(found).to.deep.equal(all.map(name));
          expect(overfull).to.equal(0);
        },
      ),
    );
  });

  it('goes past more lines of one time than an answer holds, and says so', () => {
    const all = [...Array.from({ length: 7 }, (_, i) => entry(3, `same ${i}`)), entry(9, 'after')];
    const { found, overfull } = walk(all, { until: 20, step: 20, limit: 5 });
    expect(found).to.deep.equal([...all.slice(0, 5), all[7]!].map(name));
    expect(overfull).to.equal(1);
  });
});
