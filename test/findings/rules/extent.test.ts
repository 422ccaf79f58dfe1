import { expect } from 'chai';
import fc from 'fast-check';
import { findExtent, isOn } from '../../../src/findings/rules/extent.ts';
import type { Blip } from '../../../src/signal.ts';

const extents: [what: string, blip: Pick<Blip, 'state' | 'count' | 'usual'>, side: string, level: number][] = [
  ['what never came is on at any count', { state: 'new', count: 40, usual: 0 }, 'above', 1],
  ['so is what nothing is known of', { state: 'new', count: 40, usual: null }, 'above', 1],
  ['a rise is on from what first stood out', { state: 'rising', count: 2310, usual: 61 }, 'above', 92.2],
  ['from its own count where that did not stand out', { state: 'steady', count: 70, usual: 61 }, 'above', 70],
  ['what is missing is on up to as far below the usual', { state: 'gone', count: 0, usual: 240 }, 'below', 178],
  ['at least while nothing comes', { state: 'gone', count: 0, usual: 3 }, 'below', 1],
  ['a fall is on at its own count at least', { state: 'falling', count: 200, usual: 240 }, 'below', 201],
];

describe('where something began', () => {
  for (const [what, blip, side, level] of extents) it(what, () => expect(findExtent(blip)).to.deep.equal({ side, level }));

  it('holds for the window it began in (property)', () => {
    const state = fc.constantFrom<Blip['state']>('new', 'returning', 'rising', 'steady', 'falling', 'gone');
    fc.assert(
      fc.property(state, fc.nat(100_000), fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })), (word, count, usual) => {
        const isMissing = word === 'gone' || word === 'falling';
        if (count > 0 || isMissing) expect(isOn(findExtent({ state: word, count, usual }), count)).to.equal(true);
      }),
    );
  });
});
