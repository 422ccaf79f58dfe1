import { expect } from 'chai';
import fc from 'fast-check';
import { toIso, type Event, type JsonObject } from '../../../src/event.ts';
import { Comparison, type Side } from '../../../src/memory/compare/comparison.ts';

const names = { before: 'quiet', after: 'loud' };
interface Line {
  side: Side;
  at: number;
  text: string;
  metadata?: JsonObject;
}

let lines = 0;
function compare(all: readonly Line[]) {
  const comparison = new Comparison(names);
  for (const { side, at, text, metadata = {} } of all) {
    const event: Event = { id: `e${lines++}`, timestamp: toIso(at), source: 'log', group_id: 'log:a', text, metadata };
    comparison.add(side, 'log:a', event, at);
  }
  return comparison.result();
}
/** A line each so many seconds, over an hour before and a quarter of an hour after. */
const every = (side: Side, seconds: number, text: (i: number) => string, metadata?: JsonObject): Line[] =>
  Array.from({ length: Math.floor((side === 'before' ? 3600 : 900) / seconds) }, (_, i) => ({
    side,
    at: (side === 'before' ? 0 : 3_600_000) + i * seconds * 1000,
    text: text(i),
    ...(metadata && { metadata }),
  }));
const calm = (side: Side) => [
  ...every(side, 2, (i) => `request ${i} served`),
  ...every(side, 5, (i) => `cache ${i} hit`),
  ...every(side, 7, (i) => `heartbeat ${i} sent`),
];
const short = ({ patterns }: ReturnType<typeof compare>) => patterns.map(({ state, label }) => `${state} ${label}`);

describe('a comparison', () => {
  it('of what is the same has nothing that differs', () => {
    const { patterns, steady, volume, before, after } = compare([...calm('before'), ...calm('after')]);
    expect([patterns, steady]).to.deep.equal([[], 3]);
    expect(volume).to.be.closeTo(1, 0.02);
    expect([before.events, after.events]).to.deep.equal([3034, 758]);
  });

  it('names what is new, gone, more and fewer, an error that is new on top', () => {
    const error = { level: 'ERROR' };
    const result = compare([
      ...calm('before'),
      ...every('before', 4, (i) => `job ${i} queued`),
      ...every('before', 9, (i) => `lease ${i} renewed`),
      ...calm('after').filter(({ text }) => !text.startsWith('cache')),
      ...every('after', 0.5, (i) => `job ${i} queued`),
      ...every('after', 90, (i) => `lease ${i} renewed`),
      ...every('after', 60, (i) => `disk ${i} failed`, error),
    ]);
    expect(short(result)[0]).to.equal('new disk <n> failed');
    expect(short(result)).to.have.members([
      'new disk <n> failed',
      'gone cache <n> hit',
      'rising job <n> queued',
      'falling lease <n> renewed',
    ]);
    const [first] = result.patterns;
    expect(first).to.include({ level: 'ERROR', before: 0, after: 15, usual: 0, times: null });
    expect(first!.bits.total).to.equal(first!.bits.surprise + first!.bits.novelty + first!.bits.severity);
    expect(first!.example!.text).to.equal('disk 0 failed');
  });

  it('with twice the traffic in all of it says so once, and of no pattern', () => {
    const twice = [0, 1].flatMap(() => calm('after'));
    const { patterns, volume } = compare([...calm('before'), ...twice]);
    expect(patterns).to.deep.equal([]);
    expect(volume).to.be.closeTo(2, 0.05);
  });

  it('names what is slower, in a slot and in a field beside the line', () => {
    const result = compare([
      ...every('before', 2, (i) => `upload took ${40 + ((i * 7) % 20)} ms`),
      ...every('after', 2, (i) => `upload took ${160 + ((i * 7) % 60)} ms`),
      ...every('before', 2, () => 'order placed').map((line, i) => ({ ...line, metadata: { duration_ms: 90 + ((i * 7) % 20) } })),
      ...every('after', 2, () => 'order placed').map((line, i) => ({ ...line, metadata: { duration_ms: 30 + ((i * 7) % 9) } })),
    ]);
    expect(short(result)).to.have.members(['slower upload took <n>', 'faster order placed']);
    expect(result.patterns.find(({ state }) => state === 'faster')!.numbers).to.include({ slot: 'duration_ms', quantile: 'p50' });
  });

  it('has new as less news where new patterns came all the time', () => {
    const word = (i: number) =>
      String.fromCharCode(97 + (i % 26), 97 + ((i * 7) % 26), 97 + ((i * 3) % 26), 97 + (Math.floor(i / 26) % 26));
    const restless = every('before', 60, (i) => `${word(i)} ${word(i + 5)} was done by ${word(i + 11)}`);
    const novelty = (lead: Line[]) =>
      compare([
        ...lead,
        ...calm('before'),
        ...calm('after'),
        { side: 'after', at: 3_700_000, text: 'a line that nobody knows' },
      ]).patterns.find(({ state }) => state === 'new')!.bits.novelty;
    expect(novelty([])).to.be.above(novelty(restless) + 3);
  });

  it('counts the same in whatever order the events come', () => {
    const all = [...calm('before'), ...calm('after'), ...every('after', 30, (i) => `disk ${i} failed`)];
    const rates = ({ patterns }: ReturnType<typeof compare>) =>
      patterns.filter(({ numbers }) => !numbers).map(({ state, label, before, after, score }) => [state, label, before, after, score]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const shuffled = all.map((line, i) => [(i * 7919 + seed * 104_729) % 15_485_863, line] as const).toSorted(([a], [b]) => a - b);
        expect(rates(compare(shuffled.map(([, line]) => line)))).to.deep.equal(rates(compare(all)));
      }),
      { numRuns: 5 },
    );
  });

  it('with a side on which nothing came judges nothing', () => {
    expect(compare(calm('after'))).to.deep.include({ patterns: [], volume: null });
    expect(compare([])).to.deep.include({ patterns: [], steady: 0, volume: null });
  });
});
