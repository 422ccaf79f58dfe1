import { expect } from 'chai';
import { secretName, type Sureness } from '../../src/redact/secretName.ts';

const names: [name: string, sure: Sureness][] = [
  ['password', 'strong'],
  ['DB_PASSWORD', 'strong'],
  ['dbPassword', 'strong'],
  ['X-Api-Key', 'strong'],
  ['apiKey', 'strong'],
  ['api.key', 'strong'],
  ['client_secret', 'strong'],
  ['smtpPass', 'strong'],
  ['smtp_pass', 'strong'],
  ['user_pwd', 'strong'],
  ['contraseña', 'strong'],
  ['token', 'weak'],
  ['refresh_token', 'weak'],
  ['Authorization', 'weak'],
  ['set-cookie', 'weak'],
  ['license_key', 'weak'],
  ['login.jwt', 'weak'],
  // What only sounds like it.
  ['bypass', null],
  ['compass', null],
  ['secretary', null],
  ['max_tokens', null],
  ['token_count', null],
  ['monkey', null],
  ['primary_key', null],
  ['signature_valid', null],
  ['forwarded', null],
];

describe('the name of a field', () => {
  for (const [name, sure] of names)
    it(`${JSON.stringify(name)} names ${sure === null ? 'no secret' : `a secret, ${sure === 'strong' ? 'whatever its value looks like' : 'unless its value is a word'}`}`, () => {
      expect(secretName(name)).to.equal(sure);
    });

  it('is judged by its last words, however long it is', () => {
    expect(secretName(`${'x'.repeat(10_000)}_password`)).to.equal('strong');
    expect(secretName(`password_${'x'.repeat(10_000)}`)).to.equal(null);
  });

  it('is judged alike when it comes again, and behind thousands of others', () => {
    const before = secretName('smtpPass');
    for (let i = 0; i < 5_000; i += 1) secretName(`field${i}`);
    expect(secretName('smtpPass')).to.equal(before);
  });
});
