import { expect } from 'chai';
import { toIso } from '../../src/event.ts';
import { findCoverage } from '../../src/findings/coverage.ts';
import { catalogEntry } from '../../src/findings/owners/catalogEntry.ts';
import type { Decision, GroupLine } from '../../src/findings/whyNot/decision.ts';

const minute = 60_000;
const hour = 60 * minute;
const now = Date.parse('2026-03-14T12:00:00Z');
const line = (group: string, ago: number, more: Partial<GroupLine> = {}): GroupLine => ({
  kind: 'group',
  at: toIso(now - ago),
  last: toIso(now - ago),
  group,
  lines: 60,
  no_level: 0,
  guessed: 0,
  late: 0,
  ...more,
});
const every = (group: string, step: number, from: number, to = 0, more: Partial<GroupLine> = {}) => {
  const lines: GroupLine[] = [];
  for (let ago = from; ago >= to; ago -= step) lines.push(line(group, ago, more));
  return lines;
};
const catalog = (...entries: object[]) => entries.map((entry) => catalogEntry.parse(entry));

describe('coverage', () => {
  const find = (decisions: Decision[], ...entries: object[]) =>
    findCoverage([...every('web', 5 * minute, 2 * hour), ...decisions], catalog(...entries));
  const row = (decisions: Decision[], group: string, ...entries: object[]) =>
    find(decisions, ...entries).groups.find((one) => one.group === group)!;

  it('misses a group that is silent three times as long as ever before, and at least an hour', () => {
    expect(row(every('a', 5 * minute, 4 * hour, 90 * minute), 'a').state).to.equal('stopped');
    expect(row(every('b', 5 * minute, 4 * hour, 50 * minute), 'b').state, 'not for an hour').to.equal('live');
    expect(row(every('c', 40 * minute, 10 * hour, 80 * minute), 'c').state, 'it speaks now and then').to.equal('live');
  });

  it('names what the catalog has and nobody has heard of, with the team of what was heard', () => {
    const entries = [
      { name: 'web', team: 'front' },
      { name: 'refunds', team: 'pay' },
      { group: '^batch', team: 'ops' },
    ];
    expect(find([], ...entries).groups.map(({ group, state, by, team }) => [group, state, by, team])).to.deep.equal([
      ['^batch', 'never seen', 'catalog', 'ops'],
      ['refunds', 'never seen', 'catalog', 'pay'],
      ['web', 'live', 'seen', 'front'],
    ]);
  });

  it('counts what is not read whole, by the lines of the last day', () => {
    const old = every('x', 5 * minute, 48 * hour, 30 * hour, { no_level: 60 });
    expect(row([...old, ...every('x', 5 * minute, 20 * hour)], 'x')).to.include({ no_level: 0, unread: false });
    expect(row(every('y', 5 * minute, 2 * hour, 0, { no_level: 4 }), 'y')).to.include({ no_level: 0.0667, unread: true });
    expect(row([line('few', 0, { lines: 3, no_level: 3 })], 'few').unread, 'three lines').to.equal(false);
    expect(row(every('z', 5 * minute, 2 * hour, 0, { guessed: 6 }), 'z')).to.include({ guessed: 0.1, unread: true });
  });

  it('says what was counted with other groups, and takes lines of a release that did not know of it', () => {
    expect(row(every('x', 5 * minute, 2 * hour, 0, { folded: 15 }), 'x').folded).to.equal(0.25);
    expect(row(every('y', 5 * minute, 2 * hour), 'y').folded).to.equal(0);
  });

  it('says how much an hour came, and what was rejected, with its share of the last day', () => {
    const old: Decision = { kind: 'rejected', at: toIso(now - 30 * hour), source: 'log', count: 500, reason: 'bad JSON' };
    const {
      groups,
      rejected,
      rejected_share: share,
    } = find([
      old,
      { kind: 'rejected', at: toIso(now), source: 'log', count: 1, reason: 'bad JSON' },
      { kind: 'rejected', at: toIso(now), source: 'log', count: 1000, reason: 'bad JSON' },
    ]);
    expect(groups[0]!.rate).to.equal(720);
    expect(rejected).to.deep.equal([{ source: 'log', reason: 'bad JSON', count: 1501 }]);
    // 25 stretches of 60 lines came in the last day.
    expect(share).to.equal(Number((1001 / (1001 + 1500)).toFixed(4)));
  });
});
