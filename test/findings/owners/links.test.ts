import { expect } from 'chai';
import { fillLink, linkTemplates, listLinkFields } from '../../../src/findings/owners/links.ts';
import { changedFinding } from '../../support/findings.ts';
import { episode } from '../../support/views/viewSamples.ts';

describe('a link', () => {
  it('is no address that begins with a field, or with another scheme', () => {
    for (const written of ['{group}', 'javascript:alert(1)', 'https://{group}/x', 'ftp://x', ''])
      expect(linkTemplates.safeParse({ logs: written }).success).to.equal(false);
  });

  it('knows times in three forms, some minutes around what happened', () => {
    const fields = listLinkFields(episode, { team: 'shop' });
    expect(fields).to.include({
      from: '2026-05-04T09:40:32.000Z',
      to: '2026-05-04T10:05:00.000Z',
      'labels.team': 'shop',
      group_name: 'orders',
    });
    expect([fields['since_s'], fields['since_ms']]).to.deep.equal([
      String(Date.parse(episode.since) / 1000),
      String(Date.parse(episode.since)),
    ]);
    expect(listLinkFields(changedFinding(episode, { since: 'never' }), {})).to.not.have.property('from');
  });

  it('is left out where it asks for what is not known, __proto__ included', () => {
    expect(fillLink('https://a.example/{nope}', {}, null)).to.equal(null);
    expect(fillLink('https://a.example/{__proto__}', {}, null)).to.equal(null);
    expect(fillLink('{public_url}/x', {}, null)).to.equal(null);
    expect(fillLink('{public_url}/{a}', { a: '\ud83d&?#/ö' }, 'https://r.example/')).to.equal('https://r.example/%26%3F%23%2F%C3%B6');
  });
});
