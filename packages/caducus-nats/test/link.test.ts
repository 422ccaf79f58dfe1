import { expect } from 'chai';
import { Link } from '../src/link.ts';

const never = new AbortController().signal;

describe('a link', () => {
  it('stands at first, and has no trouble', async () => {
    const link = new Link();
    await link.stands(never);
    expect(link.trouble).to.equal(null);
    expect(link.present.aborted).to.equal(false);
  });

  it('that is lost tells those who wait for an answer, and lets others wait until it is restored', async () => {
    const link = new Link();
    const { present } = link;
    link.lose({ since: 1, why: 'cut' });
    link.lose({ since: 2, why: 'cut again' });
    expect(present.aborted).to.equal(true);
    expect(link.trouble).to.deep.equal({ since: 1, why: 'cut' });
    const seen: string[] = [];
    const waiting = Promise.all([link.stands(never), link.stands(never)]).then(() => seen.push('stands'));
    await Promise.resolve();
    seen.push('restored');
    link.restore();
    await waiting;
    expect(seen).to.deep.equal(['restored', 'stands']);
    expect(link.trouble).to.equal(null);
    expect(link.present.aborted).to.equal(false);
  });

  it('is waited for no longer once the signal aborts, or there will be none', async () => {
    const link = new Link();
    link.lose({ since: 1, why: 'cut' });
    const stop = new AbortController();
    const waiting = link.stands(stop.signal);
    stop.abort();
    await waiting;
    const other = link.stands(never);
    link.end();
    await other;
    await link.stands(never);
  });
});
