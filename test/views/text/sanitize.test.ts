import { expect } from 'chai';
import fc from 'fast-check';
import { sanitize } from '../../../src/views/text/sanitize.ts';

describe('sanitize', () => {
  it('writes out what would move the cursor, set a title or hide', () => {
    expect(sanitize('\u001b[31mred\u001b[0m')).to.equal('\\x1b[31mred\\x1b[0m');
    expect(sanitize('a\u001b]0;title\u0007b\u009b2J')).to.equal('a\\x1b]0;title\\x07b\\x9b2J');
    expect(sanitize('one\r\ntwo\tthree\u0008')).to.equal('one\\r\\ntwo three\\x08');
    expect(sanitize('user\u202egnp.exe\u2066\u200b\ufeff')).to.equal('user\\u202egnp.exe\\u2066\\u200b\\ufeff');
    expect(sanitize('tag\u{e0041}\ud800')).to.equal('tag\\u{e0041}\\ud800');
  });
  it('leaves the text of every language and emoji alone', () => {
    for (const text of ['naïve café', '注文を受け付けました', 'заказ оплачен', 'طلب', 'हिन्दी', '❤️ 🚀'])
      expect(sanitize(text)).to.equal(text);
  });
  it('ends a pile of marks', () => {
    expect(sanitize(`a${'\u0301'.repeat(500)}b`)).to.equal(`a${'\u0301'.repeat(3)}b`);
  });
  it('changes nothing the second time, and is bounded (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(sanitize(sanitize(text))).to.equal(sanitize(text));
      }),
    );
    expect(sanitize('x'.repeat(1e6)).length).to.equal(2000);
  });
});
