import { expect } from 'chai';
import { chanceBits, isUrgent } from '../../../../src/findings/rules/falseAlarms/chanceBits.ts';
import { blipSignal, width } from '../../../support/blips.ts';
import type { Blip } from '../../../../src/signal.ts';

const look = (n: number, bits: number, more: Partial<Blip> = {}) => blipSignal('a', n * width, more, bits).blip;

describe('the bits against chance', () => {
  it('are those of the rate with what a score allows to chance, or of novelty; severity is none', () => {
    const bits = { surprise: 4, burst: 6, novelty: 0, severity: 12, together: 8, total: 26 };
    expect(chanceBits(look(1, 0, { bits }))).to.equal(9);
    expect(chanceBits(look(1, 0, { bits: { ...bits, burst: 0, surprise: 0, novelty: 7 } }))).to.equal(7);
    expect(chanceBits(look(1, 0, { bits: { ...bits, burst: 0, surprise: 0 } }))).to.equal(0);
  });
  it('are those of the tail where the memory gives them', () => {
    expect(chanceBits(look(1, 20, { why: { chance_bits: 6 } }))).to.equal(6);
    expect(chanceBits(look(1, 2, { why: { chance_bits: 40 } }))).to.equal(40);
  });
  it('are not asked of an error that is new or back', () => {
    expect([
      isUrgent(look(1, 0, { state: 'new', level: 'ERROR' })),
      isUrgent(look(1, 0, { state: 'returning', level: 'FATAL' })),
    ]).to.deep.equal([true, true]);
    expect([
      isUrgent(look(1, 0, { state: 'rising', level: 'ERROR' })),
      isUrgent(look(1, 0, { state: 'new', level: 'WARN' })),
    ]).to.deep.equal([false, false]);
  });
});
