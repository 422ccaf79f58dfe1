import { expect } from 'chai';
import { memory } from '../../../operators/memory.ts';
import { operatorHash } from '../../../src/run/checkpoint/snapshot.ts';

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
});
