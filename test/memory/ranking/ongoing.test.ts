import { expect } from 'chai';
import fc from 'fast-check';
import { toIso } from '../../../src/event.ts';
import { acceptAsUsual, followOngoing, type Ongoing } from '../../../src/memory/ranking/ongoing.ts';
import { blipSignal, width } from '../../support/blips.ts';
import type { Blip } from '../../../src/signal.ts';

const windowAt = (n: number) => ({ start: toIso((n - 1) * width), end: toIso(n * width) });

const error = (n: number, more: Partial<Blip> = {}) =>
  blipSignal('e', n * width, { level: 'ERROR', count: 20, usual: 20, ...more }, 1).blip;

const begun = (n: number, more: Partial<Blip> = {}) =>
  blipSignal('e', n * width, { level: 'ERROR', state: 'new', count: 20, usual: 0, ...more }).blip;

const calm = (n: number) => blipSignal('c', n * width, {}, 0).blip;

/** The lines of the pattern, window by window. */
function follow(windows: Blip[][]): (string | null)[] {
  const ongoing: Ongoing[] = [];
  return windows.map((blips, n) => {
    const line = followOngoing(blips, ongoing, windowAt(n + 1)).find(({ topic_id: id }) => id === 'e');
    return line ? `${line.count}${line.on_since === undefined ? '' : ` since ${line.on_since}`}` : null;
  });
}

const since = (n: number) => `since ${toIso((n - 1) * width)}`;

describe('trouble that goes on', () => {
  it('says since when, from its second window on', () => {
    expect(follow([[begun(1)], [error(2)], [error(3)]])).to.deep.equal(['20', `20 ${since(1)}`, `20 ${since(1)}`]);
  });
  it('is over after two windows below where it began', () => {
    const rising = begun(1, { state: 'rising', usual: 25, count: 90 });
    const counts = [60, 30, 50, 30, 30, 30].map((count, i) => [error(i + 2, { count })]);
    expect(follow([[rising], ...counts])).to.deep.equal([
      '90',
      `60 ${since(1)}`,
      `30 ${since(1)}`,
      `50 ${since(1)}`,
      `30 ${since(1)}`,
      '30',
      '30',
    ]);
  });
  it('is over after two windows without it, and until then has a line with a count of 0', () => {
    expect(follow([[begun(1), calm(1)], [error(2)], [calm(3)], [calm(4)], [calm(5)]])).to.deep.equal([
      '20',
      `20 ${since(1)}`,
      `0 ${since(1)}`,
      null,
      null,
    ]);
  });
  it('is neither a warning nor what is steady from the first', () => {
    expect(follow([[begun(1, { level: 'WARN' })], [error(2, { level: 'WARN' })]])).to.deep.equal(['20', '20']);
    expect(follow([[error(1, { score: 90 })], [error(2)]])).to.deep.equal(['20', '20']);
  });
  it('goes on where it comes again soon, for what comes now and then pauses by chance', () => {
    const windows = [
      [begun(1)],
      [calm(2)],
      [calm(3)],
      [calm(4)],
      [error(5, { count: 1 })],
      ...[6, 7, 8, 9, 10, 11, 12].map((n) => [calm(n)]),
    ];
    expect(follow([...windows, [error(13, { count: 1 })]])).to.deep.equal([
      '20',
      `0 ${since(1)}`,
      null,
      null,
      `1 ${since(1)}`,
      `0 ${since(1)}`,
      ...Array<null>(6).fill(null),
      '1',
    ]);
  });
  it('that was there when its group was met is followed whatever its score, until the first window without it', () => {
    const there = begun(1, { score: 20, count: 3, why: { windows_of_history: 0 } });
    expect(follow([[there], [error(2, { count: 3 })], [calm(3)], [error(4, { count: 3 })]])).to.deep.equal([
      '3',
      `3 ${since(1)}`,
      null,
      '3',
    ]);
    expect(follow([[begun(1, { score: 20, why: { windows_of_history: 9 } })], [error(2)]])).to.deep.equal(['20', '20']);
  });
  it('goes over to the pattern that it turned out to be part of', () => {
    const ongoing: Ongoing[] = [];
    followOngoing([begun(1)], ongoing, windowAt(1));
    const [line] = followOngoing([error(2, { topic_id: 'whole', merged: ['e'] })], ongoing, windowAt(2));
    expect(line).to.include({ topic_id: 'whole', on_since: toIso(0) });
    expect(ongoing.map(({ latest }) => latest.topic_id)).to.deep.equal(['whole']);
  });
  it('is followed no further once a person calls it usual', () => {
    const ongoing: Ongoing[] = [];
    followOngoing([begun(1)], ongoing, windowAt(1));
    const mark = { id: 'm', type: 'resolve' as const, target: 'f1', who: 'ana', at: toIso(width) };
    acceptAsUsual(ongoing, mark);
    expect(ongoing).to.have.lengthOf(1);
    acceptAsUsual(ongoing, { ...mark, as_usual: ['e'] });
    expect(followOngoing([error(2)], ongoing, windowAt(2))[0]).to.not.have.property('on_since');
  });
  it('is plain data and bounded, whatever comes (property)', () => {
    const step = fc.array(
      fc.record({ id: fc.nat(400), count: fc.nat(40), state: fc.constantFrom<Blip['state']>('new', 'steady', 'rising', 'gone') }),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (windows) => {
        const ongoing: Ongoing[] = [];
        windows.forEach((lines, n) => {
          const unique = [...new Map(lines.map((line) => [line.id, line])).values()];
          const blips = unique.map(({ id, count, state }) => begun(n + 1, { topic_id: `t${id}`, count, state }));
          const out = followOngoing(blips, ongoing, windowAt(n + 1));
          expect(new Set(out.map(({ topic_id: id }) => id)).size).to.equal(out.length);
          for (const line of out) expect(line.end).to.equal(windowAt(n + 1).end);
        });
        expect(ongoing.length).to.be.at.most(256);
        expect(JSON.parse(JSON.stringify(ongoing))).to.deep.equal(ongoing);
      }),
      { numRuns: 50 },
    );
  });
});
