import { expect } from 'chai';
import fc from 'fast-check';
import { NameCounts } from '../../../src/findings/entities/nameCounts.ts';

describe('counts of names in bounded room', () => {
  it('never say less than it was at most, nor more than it was at least', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }), { maxLength: 200 }), (lines) => {
        const counts = new NameCounts(8);
        const exact = new Map<string, number>();
        for (const line of lines) {
          counts.add(line.map((n) => `n${n}`));
          for (const n of line) exact.set(`n${n}`, (exact.get(`n${n}`) ?? 0) + 1);
        }
        for (const [name, count] of exact) expect(counts.share(name)).to.be.at.least(count / lines.length - 1e-9);
        for (const [name, count] of counts.sure()) expect(count).to.be.at.most(exact.get(name)!);
        expect(counts.sure().length).to.be.at.most(8);
      }),
    );
  });

  it('keep one that is in most lines exactly, among thousands of others', () => {
    const counts = new NameCounts(32);
    for (let i = 0; i < 5000; i++) counts.add(['vol-7', `req-${i}`]);
    expect(new Map(counts.sure()).get('vol-7')).to.equal(5000);
    expect(counts.share('req-1')).to.be.below(0.05);
  });

  it('fade: what was half a life ago counts half beside what is now', () => {
    const counts = new NameCounts(4);
    counts.fade(1000, 100);
    counts.add(['a']);
    counts.fade(1100, 100);
    counts.add(['b']);
    expect(counts.lines).to.equal(1.5);
    expect(counts.share('a')).to.be.closeTo(1 / 3, 1e-9);
    expect(counts.share('b')).to.be.closeTo(2 / 3, 1e-9);
  });

  it('are the same after they were saved', () => {
    const counts = new NameCounts(2);
    counts.fade(5, 10);
    for (const name of ['a', 'b', 'c', 'a']) counts.add([name]);
    const again = NameCounts.load(JSON.parse(JSON.stringify(counts.save())), 2);
    for (const one of [counts, again]) {
      one.fade(20, 10);
      one.add(['d']);
    }
    expect(again.save()).to.deep.equal(counts.save());
  });
});
