import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import type { Blip } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';
import { ruleParts, type RuleParts } from '../../support/ruleParts.ts';

const news = { name: 'news', when: { state: ['new', 'returning'] } };
const error = (id: string, end: number, more: Partial<Blip> = {}) =>
  blipSignal(id, end, { state: 'new', level: 'ERROR', usual: 0, ...more }).blip;
const judge = ({ parts }: RuleParts, blip: Blip, alerts: string[] = []) => parts.patterns.judge(blip, Date.parse(blip.end), alerts);

describe('a rule about patterns', () => {
  it('opens one finding a pattern, from its first line on', () => {
    const played = ruleParts([news]);
    judge(played, error('a', width, { first_seen: toIso(1000) }));
    judge(played, error('b', width));
    judge(played, error('a', 2 * width));
    expect(played.found.map(({ template_id: id, since }) => `${id} ${since}`)).to.deep.equal([
      `a ${toIso(1000)}`,
      `b ${toIso(0)}`,
      `a ${toIso(1000)}`,
    ]);
    expect(played.parts.open.all.size).to.equal(2);
  });

  it('is on while the count is beyond where it began, though no rule holds any more', () => {
    const played = ruleParts([news]);
    judge(played, error('a', width, { count: 8 }));
    const one = played.parts.open.get('pattern', 'g\0a')!;
    expect(one.extent).to.deep.equal({ side: 'above', level: 1 });
    const held = [3, 0].map((count, n) => {
      judge(played, blipSignal('a', (n + 2) * width, { count, usual: 8 }).blip);
      return one.held;
    });
    expect(held).to.deep.equal([2 * width, 2 * width]);
  });

  it('learns where it began from a closed window only', () => {
    const played = ruleParts([news]);
    judge(played, error('a', width, { open: true }));
    const one = played.parts.open.get('pattern', 'g\0a')!;
    expect([one.held, one.extent]).to.deep.equal([0, null]);
    judge(played, error('a', width));
    expect([one.held, one.extent]).to.deep.equal([width, { side: 'above', level: 1 }]);
  });

  it('says nothing new of what comes at this hour on other days, and goes on with what is open', () => {
    const usual = { usual_at: toIso(0) };
    const played = ruleParts([news]);
    judge(played, error('a', width, usual));
    expect(played.heard()).to.deep.equal([]);
    judge(played, error('a', 2 * width));
    judge(played, error('a', 3 * width, usual));
    expect(played.heard()).to.deep.equal(['news firing', 'news firing']);
  });

  it('goes on with the finding of a pattern that has turned out to be this one', () => {
    const played = ruleParts([news]);
    judge(played, error('old', width));
    judge(played, error('a', 2 * width, { merged: ['old'] }));
    expect(new Set(played.found.map(({ id }) => id)).size).to.equal(1);
  });

  it('says nothing of what was so when it was added', () => {
    const played = ruleParts([news]);
    played.parts.before.add('news', width);
    judge(played, error('a', width));
    expect(played.heard()).to.deep.equal([]);
    judge(played, error('b', 3 * width, { first_seen: toIso(2.5 * width) }));
    expect(played.heard()).to.deep.equal(['news firing']);
  });

  it('holds which alerts a pattern is about', () => {
    const played = ruleParts([news]);
    judge(played, error('a', width), ['alert-1']);
    expect(played.parts.open.get('pattern', 'g\0a')!.alerts).to.deep.equal(['alert-1']);
  });
});

describe('many errors that are new at once', () => {
  const many = (played: RuleParts, alerts: string[] = []) => {
    for (let n = 0; n < 8; n += 1) judge(played, error(`e${n}`, width), alerts);
    return [...played.parts.open.all.values()].map(({ kind }) => kind);
  };

  it('are told one by one up to five, and the others as one, where a budget is asked for', () => {
    const played = ruleParts([news], { falseAlarms: '1/week' });
    expect(many(played)).to.deep.equal(['pattern', 'pattern', 'pattern', 'pattern', 'pattern', 'flood']);
    const flood = played.parts.open.get('flood', 'g')!;
    expect(flood.title).to.equal('3 more errors that are new or back');
    expect(flood.result.flood!.map(({ template_id: id }) => id)).to.deep.equal(['e5', 'e6', 'e7']);
  });

  it('are told one by one where none is asked for', () => {
    expect(many(ruleParts([news]))).to.deep.equal(Array.from({ length: 8 }, () => 'pattern'));
  });
});
