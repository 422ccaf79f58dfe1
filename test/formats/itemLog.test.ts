import { expect } from 'chai';
import { originalBytes, type Draft } from '../../src/formats/format.ts';
import { ItemLog } from '../../src/formats/itemLog.ts';

const draft = (line: number, time = Number.NaN): Draft => ({
  kind: 'draft',
  time,
  text: '',
  metadata: {},
  raw: '',
  line,
  offset: line * 10,
});
const taken = (log: ItemLog, all = false) =>
  log.take(all).map((item) => (item.kind === 'draft' ? `${item.line} ${item.time} ${item.borrowed ?? 'own'}` : `${item.line} refused`));

describe('the items of a parser', () => {
  it('without a time wait for the first one that has it, with what was refused among them', () => {
    const log = new ItemLog(null, 7);
    log.add(draft(1));
    log.refuse('bad', 'x', { line: 2, offset: 20 });
    expect(taken(log)).to.deep.equal([]);
    expect(log.firstHeld).to.deep.include({ line: 1, offset: 10 });
    log.add(draft(3, 5));
    log.add(draft(4));
    expect(taken(log)).to.deep.equal(['1 5 behind', '2 refused', '3 5 own', '4 5 before']);
    expect(log.firstHeld).to.equal(undefined);
  });

  it('get the reference where none comes: at the end, when it is settled, or past 256', () => {
    const ended = new ItemLog(null, 7);
    ended.add(draft(1));
    expect(taken(ended, true)).to.deep.equal(['1 7 reference']);
    const settled = new ItemLog(null, undefined);
    settled.add(draft(1));
    settled.settle();
    expect(taken(settled)).to.deep.equal(['1 0 reference']);
    const many = new ItemLog(null, 7);
    for (let line = 1; line <= 256; line += 1) many.add(draft(line));
    expect(taken(many)).to.have.length(0);
    many.add(draft(257));
    expect(taken(many)).to.have.length(257);
    many.add(draft(258));
    expect(taken(many)).to.deep.equal(['258 7 before']);
  });

  it('go on from the time of a position, and from the place a record is read again from', () => {
    const log = new ItemLog(3, 7);
    log.add(draft(1));
    expect(taken(log)).to.deep.equal(['1 3 before']);
    const waiting = new ItemLog(null, 7);
    waiting.add(draft(5), { line: 4, offset: 40 });
    expect(waiting.firstHeld).to.deep.equal({ line: 4, offset: 40 });
  });

  it('keep so much of what was refused', () => {
    const log = new ItemLog(1, 7);
    log.refuse('bad', 'x'.repeat(originalBytes + 1), { line: 1, offset: 0 });
    expect(log.take()[0]).to.deep.include({ original: 'x'.repeat(originalBytes), reason: 'bad' });
  });
});
