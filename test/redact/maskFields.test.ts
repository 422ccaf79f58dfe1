import { expect } from 'chai';
import { maskFields } from '../../src/redact/maskFields.ts';

const mask = (text: string): string => maskFields(text, () => {});

describe('a value beside the name of a secret', () => {
  const cases: [text: string, masked: string][] = [
    ['password=Hunter2x and on', 'password=[redacted:secret] and on'],
    ['password=Hunter2x, user=ann', 'password=[redacted:secret], user=ann'],
    ['{"apiKey": "ab12CD34ef", "n": 1}', '{"apiKey": "[redacted:secret]", "n": 1}'],
    ['{\\"password\\": \\"Hun\\\\\\"ter2\\"}', '{\\"password\\": \\"[redacted:secret]\\"}'],
    ['run --token ab12CD34ef -v', 'run --token [redacted:secret] -v'],
    ['<secret>ab12CD34ef</secret>', '<secret>[redacted:secret]</secret>'],
    ['Authorization: Basic YW5uOmh1bnRlcjI=', 'Authorization: Basic [redacted:secret]'],
    ['Cookie: a=1; session=ab12CD34ef\nnext', 'Cookie: [redacted:secret]\nnext'],
  ];
  for (const [text, masked] of cases) it(text, () => expect(mask(text)).to.equal(masked));

  for (const text of ['PWD=/srv/app', 'password must be set', 'bypass=Hunter2x', 'the token is gone', 'compass: north', ''])
    it(`${JSON.stringify(text)} has none`, () => expect(mask(text)).to.equal(text));

  it('is counted, and a text that is masked is masked no further', () => {
    let found = 0;
    const once = maskFields('password=Hunter2x token=ab12CD34ef', (many) => (found += many));
    expect([found, mask(once)]).to.deep.equal([2, once]);
  });
});
