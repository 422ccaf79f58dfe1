import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import { loadParts, saveParts } from '../../../src/findings/rules/savedEngine.ts';
import { blipSignal, findingSignal, width } from '../../support/blips.ts';
import { ruleParts } from '../../support/ruleParts.ts';

const news = { name: 'news', when: { state: 'new' } };
const spikes = { name: 'spikes', when: { finding: 'spike' } };

/** The rules with a pattern and a finding of an operator that are open, and what is saved of them. */
function saved(...rules: object[]) {
  const { parts } = ruleParts(rules);
  const { blip } = blipSignal('a', width, { state: 'new', level: 'ERROR' });
  parts.windows.see(blip);
  parts.patterns.judge(blip, width, []);
  parts.others.take(findingSignal('s', 0).finding);
  return { parts, json: JSON.parse(JSON.stringify(saveParts(parts, width))) as Record<string, Json> };
}
function loaded(json: Json, ...rules: object[]) {
  const played = ruleParts(rules);
  return { ...played, now: loadParts(json, played.parts) };
}

describe('an engine of rules as it is saved', () => {
  it('comes back with the newest time, and is saved the same again', () => {
    const { json } = saved(news);
    const { parts, now } = loaded(json, news);
    expect(now).to.equal(width);
    expect(saveParts(parts, now)).to.deep.equal(json);
  });

  it('is a copy: what happens later does not reach it', () => {
    const { parts } = saved(news);
    const json = saveParts(parts, width);
    const before = structuredClone(json);
    parts.patterns.judge(blipSignal('a', 2 * width, { state: 'new', level: 'ERROR', count: 99 }).blip, 2 * width, []);
    parts.open.get('pattern', 'g\0a')!.result.value = -1;
    expect(json).to.deep.equal(before);
  });

  const changed: [name: string, rule: object, recheck: true | undefined][] = [
    ['holds at another time', { ...news, when: { state: 'new', minCount: 2 } }, true],
    ['is only graver, or waits longer', { ...news, severity: 'critical', for: '1m' }, undefined],
  ];
  for (const [name, rule, recheck] of changed)
    it(`is asked again about what is open where its rule ${name}: ${recheck ?? false}`, () => {
      const { parts } = loaded(saved(news).json, rule);
      expect(parts.open.get('pattern', 'g\0a')!.recheck).to.equal(recheck);
    });

  it('has a rule that was added hold back what was there, and no rule that was there', () => {
    const { json } = saved(news);
    const { parts } = loaded(json, news, spikes);
    expect(parts.before.holds('spikes', 's')).to.equal(true);
    expect(loaded(saved(news, spikes).json, news, spikes).parts.before.holds('spikes', 's')).to.equal(false);
  });

  it('ends at the next look what was found by a rule that is gone', () => {
    const { parts, heard } = loaded(saved(news).json, spikes);
    expect(parts.open.hasRemoved).to.equal(true);
    parts.open.endRemoved(width);
    expect(heard()).to.deep.equal(['news resolved']);
  });

  it('asks of nothing anew where an older release saved no rules', () => {
    const { rules: _, ...old } = saved(news).json;
    const { parts } = loaded(old, { ...news, when: { state: 'new', minCount: 2 } }, spikes);
    expect(parts.open.get('pattern', 'g\0a')!.recheck).to.equal(undefined);
    expect(parts.before.holds('spikes', 's')).to.equal(false);
  });
});
