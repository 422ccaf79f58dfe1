import { expect } from 'chai';
import { isCredential, isSecretValue, type ValueContext } from '../../src/redact/secretValue.ts';

const strong: ValueContext = { sure: 'strong', assigned: true, last: false };

describe('a value beside the name of a secret', () => {
  for (const value of ['null', '***', 'xxxx', '${DB_PASSWORD}', '<hidden>', '%s', '[redacted:secret]', '{{ password }}', ''])
    it(`${value === '' ? 'that is empty' : value} only holds its place`, () => expect(isSecretValue(value, strong)).to.equal(false));

  it('is one whatever it looks like where it was assigned to a sure name', () => {
    expect(['hunter2', 'correct', '12'].every((value) => isSecretValue(value, strong))).to.equal(true);
  });

  it('is no word of prose, unless it ends the sentence', () => {
    const prose = { ...strong, assigned: false };
    expect(isSecretValue('changed', prose)).to.equal(false);
    expect(isSecretValue('changed', { ...prose, last: true })).to.equal(true);
    expect(isSecretValue('pam_unix(passwd:chauthtok)', prose)).to.equal(false);
  });

  it('is no small number or short word beside a name that may be something else', () => {
    const weak: ValueContext = { ...strong, sure: 'weak' };
    expect(['3', '12345', '0.5', 'abc', 'banana'].map((value) => isSecretValue(value, weak))).to.deep.equal(Array(5).fill(false));
    expect(isSecretValue('a8Xk2pQ9', weak)).to.equal(true);
  });

  it('is a credential where it looks drawn', () => {
    expect(['eyJhbGciOi1', 'dGhlIHF1aWNrIGJyb3du', 'a'.repeat(40)].every(isCredential)).to.equal(true);
    expect(['realm', 'token', '<token>'].some(isCredential)).to.equal(false);
  });
});
