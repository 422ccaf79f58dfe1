import { expect } from 'chai';
import { chooseStateWord } from '../../../src/memory/judge/stateWord.ts';

describe('the state word', () => {
  const calm = { count: 5, isNew: false, isBack: false, isRare: false, above: 0, below: 0 };
  it('is one word, new before returning before rising', () => {
    expect(chooseStateWord(calm)).to.equal('steady');
    expect(chooseStateWord({ ...calm, above: 3 })).to.equal('rising');
    expect(chooseStateWord({ ...calm, below: 3 })).to.equal('falling');
    expect(chooseStateWord({ ...calm, isBack: true, above: 9 })).to.equal('returning');
    expect(chooseStateWord({ ...calm, isNew: true, isBack: true, above: 9 })).to.equal('new');
    expect(chooseStateWord({ ...calm, count: 0, below: 9 })).to.equal('gone');
    expect(chooseStateWord({ ...calm, count: 0 })).to.equal('steady');
    expect(chooseStateWord({ ...calm, above: 2.99 })).to.equal('steady');
    expect([chooseStateWord({ ...calm, isRare: true }), chooseStateWord({ ...calm, isRare: true, above: 3 })]).to.deep.equal([
      'rare',
      'rising',
    ]);
  });
});
