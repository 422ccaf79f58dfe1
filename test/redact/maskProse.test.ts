import { expect } from 'chai';
import { maskProse } from '../../src/redact/maskProse.ts';

const mask = (text: string): string => maskProse(text, () => {});

describe('a secret that a sentence tells', () => {
  const cases: [text: string, masked: string][] = [
    ['the password for bob is Hunter2x now', 'the password for bob is [redacted:secret] now'],
    ['password was set to "Hunter2x"', 'password was set to "[redacted:secret]"'],
    ['using token "ab12CD34ef56GH78"', 'using token "[redacted:secret]"'],
    ['machine example.org login ann password Hunter2x', 'machine example.org login ann password [redacted:secret]'],
    ["identified by 'Hunter2x'", "identified by '[redacted:secret]'"],
    ['your verification code is 123456.', 'your verification code is [redacted:code].'],
  ];
  for (const [text, masked] of cases) it(text, () => expect(mask(text)).to.equal(masked));

  for (const text of [
    'the password is wrong',
    'secret "db-credentials-v2" is missing',
    'token is expired',
    'the exit code is 123456',
    'password was [redacted:secret]',
  ])
    it(`${text}: none`, () => expect(mask(text)).to.equal(text));
});
