import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import { ruleParts } from '../../support/ruleParts.ts';
import { eventOf } from '../../support/blips.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const monday = Date.parse('2026-11-02T00:00:00Z');
const deadline = 2.5 * hour;
const nightly = (more: object = {}) => [
  { name: 'nightly', expect: { pattern: 'export finished', group: '^batch$', by: '02:30', ...more } },
];

/** The rule, and what sees lines and time for it. */
function play(rules: readonly object[]) {
  const { parts, found, heard } = ruleParts(rules);
  const { expected } = parts;
  const see = (time: number, text: string, key = 'batch') => expected.see({ ...eventOf('other', time).event, text }, key, monday + time);
  return { expected, found, heard, see, tick: (time: number) => expected.tick(monday + time) };
}

describe('what must come by a time of day', () => {
  it('is waited for from the first record on, whatever that says', () => {
    const { expected, see } = play(nightly());
    expect(expected.due).to.equal(null);
    see(3 * hour, 'hello', 'web');
    expect(expected.due).to.equal(monday + day + deadline);
  });

  const seen: [name: string, text: string, key: string, said: string[]][] = [
    ['has come with the text in the group', 'export finished, 9 rows', 'batch', []],
    ['has not come with another text', 'export begun', 'batch', ['nightly firing']],
    ['has not come in another group, which the key of the record says', 'export finished', 'web', ['nightly firing']],
  ];
  for (const [name, text, key, said] of seen)
    it(name, () => {
      const { see, tick, heard } = play(nightly());
      see(3 * hour, 'hello');
      see(20 * hour, text, key);
      tick(day + deadline - 1);
      expect(heard()).to.deep.equal([]);
      tick(day + deadline);
      expect(heard()).to.deep.equal(said);
    });

  it('says nothing of a period of which less than half was seen', () => {
    for (const [first, many] of [
      [deadline + 12 * hour, 1],
      [deadline + 12 * hour + 1, 0],
    ] as const) {
      const { see, tick, heard } = play(nightly());
      see(first, 'hello');
      tick(day + deadline);
      expect(heard()).to.have.length(many);
    }
  });

  it('is one finding however often it is missed, and over when it comes, with how late it is', () => {
    const { see, tick, found, heard } = play(nightly());
    see(3 * hour, 'hello');
    tick(3 * day + deadline);
    expect(new Set(found.map(({ id }) => id)).size).to.equal(1);
    expect(found[0]).to.include({ since: toIso(monday + day + deadline), title: 'did not come by 02:30: export finished' });
    heard();
    see(3 * day + 3 * hour, 'export finished');
    expect(found[0]!.result).to.include({ late_ms: 2 * day + 30 * minute });
    expect(heard()).to.deep.equal(['nightly resolved']);
  });

  it('is waited for every hour where that is asked', () => {
    const { expected, see, tick } = play(nightly({ every: 'hour', by: ':20' }));
    see(30 * minute, 'hello');
    expect(expected.due).to.equal(monday + 80 * minute);
    tick(80 * minute);
    expect(expected.due).to.equal(monday + 140 * minute);
  });

  it('goes on after a restart, and begins anew where its deadline was changed', () => {
    const before = play(nightly());
    before.see(3 * hour, 'export finished');
    const saved = JSON.parse(JSON.stringify(before.expected.save()));
    const same = play(nightly());
    same.expected.load(saved);
    same.tick(day + deadline);
    expect(same.heard()).to.deep.equal([]);
    expect(same.expected.due).to.equal(monday + 2 * day + deadline);
    const moved = play(nightly({ by: '04:00' }));
    moved.expected.load(saved);
    expect(moved.expected.due).to.equal(null);
  });
});
