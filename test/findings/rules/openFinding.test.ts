import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import {
  describeFinding,
  describePattern,
  findingKey,
  listSubjects,
  startFinding,
  type OpenFinding,
} from '../../../src/findings/rules/openFinding.ts';
import type { Blip } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';

const given = { subject: 'g\0a', period: 5, kind: 'pattern', group: 'g', topic: 'a', title: 'disk full', since: 5, result: {} } as const;
const rule = { name: 'r', severity: 'warning' } as const;
const begun = (more: Partial<OpenFinding> = {}): OpenFinding => ({ ...startFinding(rule, given), ...more });

describe('an open finding', () => {
  it('is the same trouble by what it is about and when, whichever rule reports it', () => {
    const { id } = begun();
    expect(startFinding({ name: 'other', severity: 'critical' }, { ...given, title: 'else', group: 'h' }).id).to.equal(id);
    for (const more of [{ period: 6 }, { subject: 'g\0b' }, { kind: 'flood' }] as const)
      expect(startFinding(rule, { ...given, ...more }).id).to.not.equal(id);
  });

  it('is held by what it is about, which of a pattern is its template, its topic and what it was merged from', () => {
    expect(findingKey(begun())).to.equal('pattern\0g\0a');
    const { blip } = blipSignal('t', width, { topic_id: 'T', merged: ['old'] });
    expect(listSubjects(blip)).to.deep.equal(['g\0t', 'g\0T', 'g\0old']);
  });

  const described = (more: Partial<OpenFinding>, wait?: number) => describeFinding(begun(more), 'firing', { now: 9, wait, clearAfter: 2 });
  const standing: [name: string, more: Partial<OpenFinding>, result: object][] = [
    ['is over below a count', { extent: { side: 'above', level: 4 } }, { clear_below: 4 }],
    ['is over above a count', { extent: { side: 'below', level: 4 } }, { clear_above: 4 }],
    ['was on before', { already_on: true }, { already_on: true }],
    ['is told again', { repeats: 2 }, { repeats: 2 }],
    ['cannot be seen', { blind: 7 }, { no_data_since: toIso(7) }],
    ['ends for a reason', { ended: 'rule removed' }, { ended: 'rule removed' }],
    ['has been clear once', { clear: 1 }, { clear_windows: 1, clear_needed: 2 }],
  ];
  for (const [name, more, result] of standing)
    it(`says that it ${name}, and nothing of it otherwise`, () => {
      expect(described(more).result).to.deep.equal({ clear_windows: 0, clear_needed: 2, ...result });
    });

  it('says how long its rule waits, and is never of before it began', () => {
    expect(described({}, 30).result).to.include({ for_ms: 30 });
    expect(described({}).updated).to.equal(toIso(9));
    expect(described({ since: 20 }).updated).to.equal(toIso(20));
  });
});

describe('what a finding says of a pattern', () => {
  const line = (n: number, text = `line ${n}`) => ({ event_id: `${n}`, timestamp: toIso(n), text });
  const says = (more: Partial<Blip>) => describePattern(blipSignal('a', width, more).blip);

  it('is its first and its latest line, one where they are the same, none where none is kept', () => {
    const texts = [[1, 2, 3], [1], []].map((all) => says({ exemplars: all.map((n) => line(n)) }).lines?.map(({ text }) => text));
    expect(texts).to.deep.equal([['line 1', 'line 3'], ['line 1'], undefined]);
  });

  it('is no more of a line than 500 characters', () => {
    const { example, lines } = says({ exemplars: [line(1, 'x'.repeat(9000))] });
    expect([example!.length, lines![0]!.text.length]).to.deep.equal([500, 500]);
  });

  it('is its course only once the window is over', () => {
    const trend = [10, 40];
    expect([says({ trend }).course, says({ trend, open: true }).course, says({ trend: [40] }).course]).to.deep.equal([
      'growing',
      undefined,
      undefined,
    ]);
  });
});
