import { expect } from 'chai';
import fc from 'fast-check';
import { KeyCopy } from '../../src/kernel/keyCopy.ts';

function copied() {
  const state = new Map([
    ['a', 1],
    ['b', 1],
  ]);
  const copy = new KeyCopy((key) => `${key}${state.get(key) ?? '-'}`);
  const change = (key: string, value: number) => {
    copy.touch(key);
    state.set(key, value);
  };
  const all = () => Array.from({ length: 20 }, () => copy.next(1)).flat();
  return { state, copy, change, all };
}

describe('a copy of keys while the run goes on', () => {
  it('has each key as it was when the copy began', () => {
    const { copy, change, all } = copied();
    copy.begin(['a', 'b']);
    change('b', 2);
    change('b', 3);
    change('c', 1);
    expect(all()).to.deep.equal(['b1', 'a1']);
  });

  it('afterwards holds those that were touched since, one that is gone among them', () => {
    const { copy, change, all, state } = copied();
    copy.begin(['a', 'b']);
    all();
    change('b', 2);
    copy.touch('a');
    state.delete('a');
    copy.begin(null);
    expect(all().toSorted()).to.deep.equal(['a-', 'b2']);
    copy.begin(null);
    expect(all()).to.deep.equal([]);
  });

  it('gives what was copied because it was touched in slices, too', () => {
    const { copy, change } = copied();
    copy.begin(['a', 'b']);
    change('a', 2);
    change('b', 2);
    expect([copy.next(1), copy.next(1), copy.next(1)]).to.deep.equal([['a1'], ['b1'], []]);
  });

  it('comes in slices of so many characters, each key once (property)', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 9 })), fc.nat(30), (keys, characters) => {
        const copy = new KeyCopy((key) => key);
        copy.begin(keys);
        const out: string[] = [];
        for (let slice = copy.next(characters + 1); slice.length > 0; slice = copy.next(characters + 1)) {
          expect(slice.slice(0, -1).join('').length).to.be.at.most(characters);
          out.push(...slice);
        }
        expect(out).to.deep.equal(keys);
      }),
    );
  });
});
