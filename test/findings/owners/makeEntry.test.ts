import { expect } from 'chai';
import { textAt } from '../../../src/base/textAt.ts';
import { addressesIn, makeEntry } from '../../../src/findings/owners/makeEntry.ts';

describe('an entry from another catalog', () => {
  it('names its links by what they are, and takes only addresses of pages', () => {
    const list = [
      { url: 'https://a.example', title: 'The Runbook' },
      { url: 'https://b.example', type: 'dashboard' },
      { url: 'https://c.example', title: 'Wiki' },
      { url: 'https://d.example' },
      { url: 'javascript:x' },
      'text',
      null,
    ];
    expect(addressesIn(list).map(({ name, href }) => `${name} ${href}`)).to.deep.equal([
      'runbook https://a.example',
      'dashboard https://b.example',
      'Wiki https://c.example',
      'link https://d.example',
    ]);
    expect(addressesIn('no list')).to.deep.equal([]);
  });

  it('has the runbook in its place, and no empty or endless labels', () => {
    const links = [{ name: 'runbook', href: 'https://a.example' }];
    const nothing = { team: undefined, tier: undefined, channel: undefined, pagerduty: undefined };
    expect(makeEntry({ name: 'a', ...nothing, labels: { x: '', y: 'z'.repeat(2000), k: 'v' }, links })).to.deep.equal({
      name: 'a',
      runbook: 'https://a.example',
      keys: {},
      labels: { k: 'v' },
      links: {},
    });
  });

  it('reads own properties only', () => {
    expect([
      textAt({ a: { b: 1 } }, ['a', 'b']),
      textAt({}, ['constructor', 'name']),
      textAt(null, ['a']),
      textAt({ a: '' }, ['a']),
    ]).to.deep.equal(['1', undefined, undefined, undefined]);
  });
});
