import { expect } from 'chai';
import { maskTokens } from '../../src/redact/maskTokens.ts';

const mask = (text: string): string => maskTokens(text, () => {});
/** Put together here, so that no scanner takes this file for a leak. */
const drawn = (many: number) => 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zC'.repeat(3).slice(0, many);

describe('a secret that is known by its looks', () => {
  const cases: [what: string, text: string, masked: string][] = [
    ['a password in an address', 'at https://ann:hunter2@x.example/a', 'at https://ann:[redacted:password]@x.example/a'],
    ['a token of GitHub', `use ghp_${drawn(36)} now`, 'use [redacted:token] now'],
    ['a bearer', `Bearer ${drawn(30)}`, 'Bearer [redacted:token]'],
    ['a web token', `jwt eyJ${drawn(20)}.eyJ${drawn(20)}.${drawn(20)}`, 'jwt [redacted:jwt]'],
    ['a key of AWS', `id AKIA${'ABCDEFGHIJKLMNOP'} x`, 'id [redacted:aws-key] x'],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${drawn(60)}\n-----END RSA PRIVATE KEY-----`, '[redacted:private-key]'],
    ['a private key that is cut off', `x -----BEGIN PRIVATE KEY-----\n${drawn(60)}`, 'x [redacted:private-key]'],
  ];
  for (const [what, text, masked] of cases) it(what, () => expect(mask(text)).to.equal(masked));

  for (const text of [
    'https://x.example/a@b',
    'https://ann:***@x.example',
    'https://${USER}:${PASS}@x.example',
    'Bearer of news',
    'sk-',
    'AKIAshort',
    'ghp_short',
  ])
    it(`is none of ${text}`, () => expect(mask(text)).to.equal(text));

  it('is counted each time', () => {
    let found = 0;
    maskTokens(`ghp_${drawn(36)} https://a:b1@x`, (many) => (found += many));
    expect(found).to.equal(2);
  });
});
