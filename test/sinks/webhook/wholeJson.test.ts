import { expect } from 'chai';
import fc from 'fast-check';
import { wholeJson } from '../../../src/sinks/webhook/wholeJson.ts';

describe('wholeJson', () => {
  it('puts U+FFFD in the place of half a character, and leaves whole ones and what only looks like half of one', () => {
    expect(JSON.parse(wholeJson({ a: 'x\ud83d', b: '\udc00y', c: '😀', d: '\\ud83d', e: '\\\ud83d' }))).to.deep.equal({
      a: 'x\ufffd',
      b: '\ufffdy',
      c: '😀',
      d: '\\ud83d',
      e: '\\\ufffd',
    });
  });

  it('is the JSON of the same texts made whole (property)', () => {
    const units = fc.array(fc.constantFrom('a', '\\', '"', 'u', 'd', '8', '\ud83d', '\ude00', '\n'), { maxLength: 12 });
    fc.assert(
      fc.property(units, (parts) => {
        const text = parts.join('');
        const whole = text.replaceAll(/\p{Cs}/gu, '\ufffd');
        expect(JSON.parse(wholeJson({ [text]: [text] }))).to.deep.equal({ [whole]: [whole] });
      }),
    );
  });
});
