import { expect } from 'chai';
import { cutRadar } from '../../../src/views/radar/cutRadar.ts';
import { radarOfGroup } from '../../support/views/viewSamples.ts';

describe('a radar cut to its top', () => {
  it('counts what it leaves out with the rest', () => {
    const cut = cutRadar(radarOfGroup, 2);
    expect(cut.blips).to.have.length(2);
    expect(cut.rest).to.deep.equal({ patterns: 7, events: 1_243, states: { gone: 1, steady: 5, falling: 1 } });
    expect(cutRadar(radarOfGroup, 4)).to.equal(radarOfGroup);
  });
});
