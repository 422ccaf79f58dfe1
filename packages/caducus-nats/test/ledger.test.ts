import fc from 'fast-check';
import { expect } from 'chai';
import type { Json } from 'caducus';
import { Ledger, readPlace } from '../src/ledger.ts';

describe('the ledger of a source', () => {
  it('hands a message on once, however often it comes', () => {
    const ledger = new Ledger(2);
    expect([1, 3, 3, 4, 2].map((seq) => ledger.receive(seq, `r${seq}`))).to.deep.equal(['ack', 'hand', 'keep', 'hand', 'ack']);
    expect([ledger.handed, ledger.duplicates, ledger.waiting]).to.deep.equal([4, 3, 2]);
  });

  it('acknowledges by the subject that came last, and only what a checkpoint holds', () => {
    const ledger = new Ledger(0);
    for (const [seq, reply] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [2, 'b again'],
    ] as const)
      ledger.receive(seq, reply);
    expect(ledger.cover(2)).to.have.members(['a', 'b again']);
    expect(ledger.cover(2)).to.deep.equal([]);
    expect(ledger.waiting).to.equal(1);
  });

  it('knows a message that was read from the stream when it comes by the consumer', () => {
    const ledger = new Ledger(0);
    expect([ledger.read(1), ledger.read(2), ledger.read(2)]).to.deep.equal([true, true, false]);
    expect(ledger.receive(1, 'r')).to.equal('keep');
    expect(ledger.cover(2)).to.deep.equal(['r']);
    expect(ledger.receive(2, 'r')).to.equal('ack');
  });

  it('in any order of deliveries and checkpoints hands on rising numbers, and acknowledges nothing that no checkpoint holds', () => {
    const step = fc.oneof(fc.record({ seq: fc.integer({ min: 1, max: 20 }) }), fc.record({ cover: fc.integer({ min: 0, max: 20 }) }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ledger = new Ledger(0);
        const handed: number[] = [];
        let covered = 0;
        const acknowledged: number[] = [];
        for (const one of steps) {
          if ('seq' in one) {
            const verdict = ledger.receive(one.seq, String(one.seq));
            if (verdict === 'hand') handed.push(one.seq);
            if (verdict === 'ack') acknowledged.push(one.seq);
          } else {
            const upTo = Math.min(one.cover, ledger.handed);
            covered = Math.max(covered, upTo);
            acknowledged.push(...ledger.cover(upTo).map(Number));
          }
          expect(acknowledged.every((seq) => seq <= covered)).to.equal(true);
        }
        expect(handed).to.deep.equal([...new Set(handed)].toSorted((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });

  it('reads its own positions, and no others', () => {
    expect(readPlace({ seq: 4, created: 'x' })).to.deep.equal({ seq: 4, created: 'x' });
    const others: Json[] = [null, 4, 'x', [], {}, { seq: '4', created: 'x' }, { seq: 4 }];
    for (const other of others) expect(readPlace(other)).to.equal(null);
  });
});
