import { expect } from 'chai';
import { caducus } from '../support/caducus.ts';

describe('the shipped pipelines', () => {
  it('pass their own tests, as caducus test runs them', async () => {
    const { exit, out } = await caducus(['test']);
    expect(exit, out).to.equal(0);
    expect(out).to.match(/\d\d passed, 0 failed/);
  }).timeout(120_000);
});
