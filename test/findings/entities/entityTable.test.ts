import { expect } from 'chai';
import { EntityTable } from '../../../src/findings/entities/entityTable.ts';

const minute = 60_000;
const add = (table: EntityTable, name: string, time: number, others: string[] = []) =>
  table.add({ names: [name, ...others].map((one) => ({ name: one, place: 'user' })), group: 'g', template: 't', time });

describe('the table of entities', () => {
  it('holds when, where and with whom each was seen', () => {
    const table = new EntityTable(100);
    add(table, 'u1', 0, ['h1']);
    add(table, 'u1', 20 * minute, ['h1', 'h2']);
    for (const at of [21, 40]) add(table, 'u1', at * minute, ['h1', 'h2', 'once']);
    const { first, last, count, places, groups, patterns, with: company } = table.find('u1')!;
    expect([first, last, count]).to.deep.equal([0, 40 * minute, 4]);
    expect([places, groups, patterns]).to.deep.equal([[['user', 4]], [['g', 4]], [['t', 4]]]);
    expect(company).to.deep.equal([
      ['h1', 3],
      ['h2', 1],
      ['once', 1],
    ]);
    expect(table.find('u2')).to.equal(null);
  });

  it('knows who comes back, however many others come once', () => {
    const table = new EntityTable(100);
    for (let i = 0; i < 100_000; i++) {
      add(table, `req-${i}`, i * 1000);
      if (i % 3 === 0) add(table, `u${(i / 3) % 20}`, i * 1000);
    }
    expect(table.size).to.be.at.most(200);
    for (let user = 0; user < 20; user++) expect(table.find(`u${user}`)?.count).to.be.within(1666, 1667);
  });

  it('lets those go that are counted least and were not seen for longest', () => {
    const table = new EntityTable(8);
    for (let user = 0; user < 8; user++) for (let i = 0; i <= user; i++) for (const at of [0, 1]) add(table, `u${user}`, at * 11 * minute);
    add(table, 'new', 12 * minute);
    add(table, 'new', 30 * minute);
    expect(table.find('u0')).to.equal(null);
    expect(table.find('u1')).not.to.equal(null);
    expect(table.find('new')).not.to.equal(null);
  });

  it('is the same after it was saved', () => {
    const table = new EntityTable(4);
    for (let i = 0; i < 30; i++) add(table, `u${i % 6}`, i * 5 * minute, [`h${i % 3}`]);
    const again = EntityTable.load(JSON.parse(JSON.stringify(table.save())), 4);
    for (const one of [table, again]) for (let i = 0; i < 30; i++) add(one, `u${i % 7}`, (40 + i) * 5 * minute, [`h${i % 4}`]);
    expect(again.save()).to.deep.equal(table.save());
    expect(again.lines).to.equal(60);
  });
});
