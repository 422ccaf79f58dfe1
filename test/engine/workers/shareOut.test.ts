import { expect } from 'chai';
import fc from 'fast-check';
import { memberWork, shareOut } from '../../../src/engine/workers/shareOut.ts';

const works = (count: number) => Array.from({ length: count }, (_, i) => `partition.${i}`);
const members = (...ids: string[]) => ids.map((id): [string, string] => [memberWork(id), id]);

describe('how work is shared out', () => {
  it('gives all of it to who is alone', () => {
    expect(shareOut(works(3), new Map(members('a')), 'a')).to.deep.equal({ take: works(3), drop: [] });
  });

  it('lets go what is too much as soon as another comes', () => {
    const holders = new Map([...members('a', 'b'), ...works(4).map((work): [string, string] => [work, 'a'])]);
    expect(shareOut(works(4), holders, 'a')).to.deep.equal({ take: [], drop: ['partition.2', 'partition.3'] });
    expect(shareOut(works(4), holders, 'b')).to.deep.equal({ take: [], drop: [] });
  });

  it('comes to rest with everything held, and by nobody more than one above another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat(5), { maxLength: 20 }),
        (count, there, before) => {
          const ids = Array.from({ length: there }, (_, i) => `m${i}`);
          const holders = new Map([
            ...members(...ids),
            ...works(count).map((work, i): [string, string] => [work, `m${(before[i] ?? 0) % there}`]),
          ]);
          for (let round = 0; round < 2; round += 1) {
            for (const id of ids) {
              const { take, drop } = shareOut(works(count), holders, id);
              for (const work of drop) holders.delete(work);
              for (const work of take) holders.set(work, id);
            }
          }
          const counts = ids.map((id) => works(count).filter((work) => holders.get(work) === id).length);
          expect(works(count).every((work) => holders.has(work))).to.equal(true);
          expect(Math.max(...counts)).to.be.at.most(Math.ceil(count / there));
        },
      ),
    );
  });
});
