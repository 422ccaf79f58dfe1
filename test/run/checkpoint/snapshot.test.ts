import { expect } from 'chai';
import { memory } from '../../../operators/memory.ts';
import { differences, operatorHash } from '../../../src/run/checkpoint/snapshot.ts';

describe('what a saved state was made with', () => {
  const hashOf = (options: object): string =>
    operatorHash({ id: 'memory', operator: memory, options: memory.spec.options.parse(options), from: ['log'] });

  it('does not count modes, and how many keys are held', () => {
    expect(hashOf({ freeze: true })).to.equal(hashOf({}));
    expect(hashOf({ maxGroups: 7 })).to.equal(hashOf({}));
  });

  it('counts everything that says what a state means', () => {
    for (const options of [{ keep: ['a'] }, { mask: ['a'] }, { window: '1m' }, { maxTopics: 7 }])
      expect(hashOf(options)).to.not.equal(hashOf({}));
  });

  it('does not count where what people say was led, as it may be in another release', () => {
    const node = (...from: string[]) => ({ id: 'memory', operator: memory, options: memory.spec.options.parse({}), from });
    const saved = (...from: string[]) => ({ id: 'memory', hash: operatorHash(node(...from)), options: {}, stateVersion: 1, state: null });
    const words = (before: string[], now: string[]) =>
      differences({ sources: [], operators: [saved(...before)] }, { sources: [], operators: [node(...now)] });
    expect(words(['log', 'marks'], ['log'])).to.deep.equal([]);
    expect(words(['log'], ['log', 'marks'])).to.deep.equal([]);
    expect(words(['log'], ['other'])).to.deep.equal(['operator memory has other options than its state was made with']);
  });
});
