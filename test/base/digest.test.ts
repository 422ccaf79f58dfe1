import { expect } from 'chai';
import fc from 'fast-check';
import { digest } from '../../src/base/digest.ts';

describe('digest', () => {
  it('is short, path-safe and always the same', () => {
    expect(digest('hdfs'))
      .to.equal(digest('hdfs'))
      .and.to.match(/^[a-km-np-z2-9]{16}$/);
    expect(digest('hdfs', 7)).to.equal(digest('hdfs').slice(0, 7));
  });

  it('keeps near texts far apart', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 50_000; i++) seen.add(digest(`group\n${i}`));
    expect(seen.size).to.equal(50_000);
  });

  it('spreads one changed letter over the whole name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        const [a, b] = [digest(text, 12), digest(`${text}x`, 12)];
        expect([...a].filter((c, i) => c === b[i]).length).to.be.below(8);
      }),
    );
  });
});
