import { expect } from 'chai';
import { ComparedGroup } from '../../../src/memory/compare/comparedGroup.ts';

describe('a group of which both sides are read', () => {
  const group = new ComparedGroup('log:a');
  const add = (side: 'before' | 'after', at: number, text: string) =>
    group.add(side, { id: `${side}${at}`, timestamp: '', source: 'log', group_id: 'log:a', text, metadata: {} }, at);

  it('has one pattern for both, also where templates became one only later', () => {
    const names = [
      'anna',
      'bert',
      'carl',
      'dora',
      'emil',
      'fritz',
      'gina',
      'hans',
      'ida',
      'jan',
      'kurt',
      'lea',
      'mona',
      'nils',
      'olga',
      'paul',
    ];
    names.forEach((name, i) => add(i % 2 === 0 ? 'before' : 'after', i * 1000, `user ${name} logged in from here`));
    const patterns = group.patterns();
    expect(patterns).to.have.length(1);
    expect(patterns[0]!.tally.before.count).to.equal(8);
    expect(patterns[0]!.tally.after.count).to.equal(8);
    expect(patterns[0]!.tally.before.line).to.include({ at: 0, text: 'user anna logged in from here' });
    expect([patterns[0]!.tally.after.bins.first, patterns[0]!.tally.after.bins.last]).to.deep.equal([1000, 15_000]);
  });
});
