import { expect } from 'chai';
import { causeBits, causeLines, describeCause } from '../../../src/views/finding/causeText.ts';

describe('the words for what came first', () => {
  it('name what speaks for a group, and leave out what speaks against it', () => {
    const cause = {
      kind: 'group' as const,
      what: 'payments',
      bits: 6.5,
      precedents: { in: 4, of: 5 },
      evidence: [
        { why: 'order' as const, bits: 2, in: 3, of: 3 },
        { why: 'precedents' as const, bits: 3, in: 12, of: 14, earlier_ms: 60_000 },
        { why: 'named' as const, bits: -1.5, in: 0, of: 3 },
      ],
    };
    expect(describeCause(cause)).to.equal('payments: before 3 of 3 others, led 12 of 14 times by 1m, first in 4 of 5 episodes before');
    expect(causeBits(cause)).to.equal('6.5 bits');
  });

  it('say how long before a change was, and how many lines have a value', () => {
    const change = {
      kind: 'change' as const,
      what: 'orders v412',
      bits: 5,
      precedents: { in: 0, of: 0 },
      evidence: [{ why: 'just before' as const, bits: 5, earlier_ms: 420_000 }],
    };
    expect(describeCause(change)).to.equal('change orders v412: 7m before');
    const value = { kind: 'value' as const, what: 'version v412', bits: 9, evidence: [{ why: 'held' as const, bits: 9, in: 25, of: 25 }] };
    expect(describeCause(value)).to.equal('version v412: in 25 of 25 lines');
  });

  it('stand a line each, cut to the screen', () => {
    const value = (what: string) => ({
      kind: 'value' as const,
      what,
      bits: 9,
      evidence: [{ why: 'held' as const, bits: 9, in: 25, of: 25 }],
    });
    const view = { columns: 48, color: false, ascii: false, timeZone: 'UTC' };
    expect(causeLines([value('version v412'), value('pod orders-7f9c')], view)).to.deep.equal([
      'came first    9.0 bits  version v412: in 25 of …',
      '              9.0 bits  pod orders-7f9c: in 25 …',
    ]);
    expect(causeLines([], view)).to.deep.equal([]);
  });
});
