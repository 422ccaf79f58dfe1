import { expect } from 'chai';
import { moves } from '../../../src/findings/episodes/member.ts';
import { options } from '../../../src/findings/episodes/options.ts';
import type { Blip } from '../../../src/signal.ts';
import { blipSignal, width } from '../../support/blips.ts';

describe('what moves', () => {
  const is = (more: Partial<Blip>) => moves(blipSignal('a', width, { state: 'rising', ...more }).blip, options.parse({}));

  it('is a pattern that stands out by what it does', () => {
    expect([is({}), is({ state: 'steady' }), is({ score: 10 })]).to.deep.equal([true, false, false]);
  });

  it('is none of a change that settles, none at its usual hour, and nothing new while its group is learned', () => {
    expect([
      is({ settling: 'v412' }),
      is({ usual_at: '2026-11-02T00:05:00.000Z' }),
      is({ state: 'new', why: { learning: {} } }),
    ]).to.deep.equal([false, false, false]);
  });
});
