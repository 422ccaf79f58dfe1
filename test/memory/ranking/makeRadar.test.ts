import { expect } from 'chai';
import fc from 'fast-check';
import { makeRadar } from '../../../src/memory/ranking/makeRadar.ts';
import { blipSignal, width } from '../../support/blips.ts';

describe('makeRadar', () => {
  it('lists the highest scores first, whatever comes in which order, and counts the rest', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }), (bits) => {
        const blips = bits.map((many) => blipSignal(`p${many}`, width, {}, many).blip);
        const { blips: listed, rest } = makeRadar(blips, 'g', 5);
        const highest = bits.toSorted((a, b) => b - a).slice(0, 5);
        expect(listed.map(({ topic_id: id }) => id)).to.deep.equal(highest.map((many) => `p${many}`));
        expect(rest).to.deep.include({ patterns: bits.length - listed.length, events: 10 * (bits.length - listed.length) });
      }),
    );
  });
});
