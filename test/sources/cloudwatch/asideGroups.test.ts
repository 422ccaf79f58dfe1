import { expect } from 'chai';
import { CaducusError } from '../../../src/errors.ts';
import { AsideGroups } from '../../../src/sources/cloudwatch/asideGroups.ts';

const forbidden = new CaducusError('CAD062', {}, 'not allowed');
const gone = new CaducusError('CAD064', {}, 'not there');

describe('log groups that are set aside', () => {
  it('wait for the pause, from when they were tried last', () => {
    const aside = new AsideGroups(100);
    expect(aside.add('a', forbidden, 1000)).to.equal(true);
    expect([1000, 1099, 1100].map((now) => aside.waits('a', now))).to.deep.equal([true, true, false]);
    expect(aside.add('a', forbidden, 1100), 'known already').to.equal(false);
    expect([aside.waits('a', 1199), aside.waits('b', 1199)]).to.deep.equal([true, false]);
  });

  it('are told by the one that lacks longest, however often it was tried since', () => {
    const aside = new AsideGroups(100);
    expect(aside.trouble).to.equal(null);
    aside.add('b', gone, 2000);
    expect(aside.trouble).to.deep.equal({ since: 2000, why: 'log group b is set aside: not there' });
    aside.add('a', forbidden, 1000);
    aside.add('a', forbidden, 3000);
    expect(aside.trouble).to.deep.equal({ since: 1000, why: 'log group a (and 1 more) is set aside: not allowed' });
    aside.delete('a');
    expect([aside.has('a'), aside.trouble?.since]).to.deep.equal([false, 2000]);
  });

  it('are why nothing can be read only where all are aside', () => {
    const aside = new AsideGroups(100);
    aside.add('a', forbidden, 0);
    expect([aside.whyNone(['a', 'b']), aside.whyNone([])]).to.deep.equal([null, null]);
    aside.add('b', gone, 0);
    expect(aside.whyNone(['b', 'a'])).to.equal(gone);
  });
});
