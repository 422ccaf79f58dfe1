import { expect } from 'chai';
import { listSlots } from '../../../src/memory/templates/slots.ts';
import { learnTemplate } from '../../support/memory/templates.ts';

describe('slotsOf', () => {
  it('tells values, counts and types, most frequent first', () => {
    const template = learnTemplate(
      'Disk failure on dn2, volume /d/3',
      'Disk failure on dn2, volume /d/4',
      'Disk failure on dn2, volume /d/4',
    );
    expect(listSlots(template)).to.deep.equal([
      { type: 'host', values: [{ value: 'dn2', count: 3 }], distinct: 1 },
      {
        type: 'path',
        values: [
          { value: '/d/4', count: 2 },
          { value: '/d/3', count: 1 },
        ],
        distinct: 2,
      },
    ]);
  });
  it('keeps the counts of words that turned out to be values', () => {
    const users = ['root', 'root', 'news', 'cyrus', 'root'].map((user) => `closed for user ${user}`);
    expect(listSlots(learnTemplate(...users))[0]!.values).to.deep.equal([
      { value: 'root', count: 3 },
      { value: 'cyrus', count: 1 },
      { value: 'news', count: 1 },
    ]);
  });
  it('estimates how many values there were, and keeps the frequent ones', () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `request ${i % 3 === 0 ? 7 : i + 1000} done`);
    const [slot] = listSlots(learnTemplate(...lines));
    expect(slot!.distinct).to.be.within(3334 * 0.85, 3334 * 1.15);
    expect(slot!.values[0]!.value).to.equal('7');
    expect(slot!.values[0]!.count).to.be.within(1600, 1667);
  });
});
