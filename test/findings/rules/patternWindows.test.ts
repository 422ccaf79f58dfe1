import { expect } from 'chai';
import { toIso } from '../../../src/event.ts';
import type { Blip } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';
import { ruleParts, type RuleParts } from '../../support/ruleParts.ts';

const news = [{ name: 'news', when: { state: 'new' } }];
const see = ({ parts }: RuleParts, end: number, more: Partial<Blip> = {}) => parts.windows.see(blipSignal('p', end, more).blip);

/** The rule with a finding that fires since the window that ends at `end`. */
function firing(played: RuleParts, end: number) {
  see(played, end);
  played.parts.patterns.judge(blipSignal('a', end, { state: 'new', level: 'ERROR' }).blip, end, []);
  played.found.length = 0;
  return played.parts.open.get('pattern', 'g\0a')!;
}

describe('the windows of patterns', () => {
  it('are over a millisecond after their end, and are waited for while something open is judged by them', () => {
    const played = ruleParts(news);
    const { windows } = played.parts;
    expect(windows.due).to.equal(null);
    firing(played, width);
    expect(windows.due).to.equal(width + 1);
    windows.close(width + 1);
    expect(windows.due).to.equal(2 * width + 1);
    for (const n of [2, 3]) windows.close(n * width + 1);
    expect(played.heard()).to.deep.equal(['news resolved']);
    windows.close(4 * width + 1);
    expect(windows.due).to.equal(null);
  });

  it('are a clear look each at what was not on in them, and none at what was', () => {
    const played = ruleParts(news);
    const one = firing(played, width);
    played.parts.windows.close(width + 1);
    expect(one.clear).to.equal(0);
    played.parts.windows.close(2 * width + 1);
    expect(one.clear).to.equal(1);
  });

  it('say nothing of a group that is silent although it usually is not: that is told, once', () => {
    const played = ruleParts(news);
    for (let n = 1; n <= 6; n += 1) see(played, n * width);
    const one = firing(played, 7 * width);
    const { windows } = played.parts;
    for (let { due } = windows; due !== null && due <= 12 * width + 1; due = windows.due) windows.close(due);
    expect([one.clear, one.blind]).to.deep.equal([0, 7 * width]);
    expect(played.found.map(({ state, result }) => [state, (result as { no_data_since?: string }).no_data_since])).to.deep.equal([
      ['firing', toIso(7 * width)],
    ]);
  });

  it('tell how long those of a group are, once one with lines is over', () => {
    const played = ruleParts(news);
    for (const more of [{ open: true }, { count: 0 }]) {
      see(played, width, more);
      expect(played.parts.windows.findWidth('g')).to.equal(null);
    }
    see(played, width);
    expect([played.parts.windows.findWidth('g'), played.parts.windows.findWidth('other')]).to.deep.equal([width, null]);
  });

  it('come back as they were saved', () => {
    const played = ruleParts(news);
    see(played, width);
    const saved = JSON.parse(JSON.stringify(played.parts.windows.save()));
    const { windows } = ruleParts(news).parts;
    windows.load(saved);
    expect([windows.due, windows.findWidth('g')]).to.deep.equal([width + 1, width]);
  });
});
