import { expect } from 'chai';
import fc from 'fast-check';
import { age, duration, offset, took } from '../../src/views/text/duration.ts';
import { bytes, count, decimal, expected, money, multiple, percent } from '../../src/views/text/numbers.ts';
import { sanitize } from '../../src/views/text/sanitize.ts';
import { shortIds } from '../../src/views/text/shortIds.ts';
import { cut, cutMiddle, padEnd, padStart, width } from '../../src/views/text/text.ts';
import { clock, datedSpan, exact, minute, moment, span, stamp } from '../../src/views/text/time.ts';
import { bar, trend } from '../../src/views/text/trend.ts';

const second = 1000;
const minutes = 60 * second;
const hour = 60 * minutes;
const at = (text: string) => Date.parse(text);

describe('numbers on a page', () => {
  it('are whole with commas', () => {
    expect([0, 7, 999, 1_000, 1_204_518, 12.4].map(count)).to.deep.equal(['0', '7', '999', '1,000', '1,204,518', '12']);
  });
  it('tell zero from unknown, and small from none', () => {
    expect([0, null, undefined, 0.0004, 0.0217, 6.24, 3, 61.4, 18_020].map(expected)).to.deep.equal([
      '0',
      '-',
      '-',
      '<0.001',
      '0.02',
      '6.2',
      '3',
      '61',
      '18,020',
    ]);
  });
  it('carry one unit', () => {
    expect(multiple(6.64)).to.equal('6.6x');
    expect(multiple(37.9)).to.equal('38x');
    expect(money(7184.2, 'USD')).to.equal('7,184.20 USD');
    expect(money(-12, 'EUR')).to.equal('-12.00 EUR');
    expect(decimal(-0.001, 1)).to.equal('0.0');
    expect(percent(157, 41_286)).to.equal('0.4 %');
    expect(percent(0, 0)).to.equal('0 %');
    expect([0, 1023, 1024, 217_088, 5 * 2 ** 30].map(bytes)).to.deep.equal(['0 bytes', '1,023 bytes', '1.0 KiB', '212 KiB', '5.0 GiB']);
  });
});

describe('lengths of time on a page', () => {
  it('are written in their two largest units', () => {
    const lengths = [
      0,
      240,
      6 * second,
      14 * minutes + 20 * second,
      6 * hour + 17 * minutes + 59 * second,
      24 * hour,
      76 * hour,
      34 * 24 * hour,
    ];
    expect(lengths.map(duration)).to.deep.equal(['0s', '240ms', '6s', '14m 20s', '6h 17m', '24h', '3d 4h', '34d']);
  });
  it('are one unit below an hour where they are ages', () => {
    expect([300, 9_900, 9 * minutes + 28 * second, 2 * hour + minutes].map(age)).to.deep.equal(['0s', '9s', '9m', '2h 1m']);
  });
  it('keep a tenth where something took long', () => {
    expect([240, 1_290, 41_234, 200 * second].map(took)).to.deep.equal(['240ms', '1.2s', '41.2s', '3m 20s']);
  });
  it('are signed as offsets', () => {
    expect([0, 100 * second, -452 * second, hour + 123 * second].map(offset)).to.deep.equal(['+0:00', '+1:40', '-7:32', '+1:02:03']);
  });
});

describe('times on a page', () => {
  const from = at('2026-03-14T03:05:00Z');
  it('write windows with their zone, and seconds only where there are some', () => {
    expect(span(from, from + 5 * minutes, 'UTC')).to.equal('03:05-03:10Z');
    expect(span(from, from + 15 * second, 'UTC')).to.equal('03:05:00-03:05:15Z');
    expect(span(from, from + 5 * minutes, 'Asia/Kolkata')).to.equal('08:35-08:40 GMT+5:30');
  });
  it('name both zones where the clock changes inside', () => {
    expect(span(at('2026-03-08T06:55:00Z'), at('2026-03-08T07:05:00Z'), 'America/New_York')).to.equal('01:55 EST-03:05 EDT');
  });
  it('write both dates where the window is longer than a day', () => {
    expect(datedSpan(from, from + 5 * minutes, 'UTC')).to.equal('2026-03-14  03:05-03:10Z');
    expect(datedSpan(from, from + 48 * hour, 'UTC')).to.equal('2026-03-14 03:05 to 2026-03-16 03:05Z');
  });
  it('write a date where it is not today, in the zone of the page', () => {
    expect(clock(from, 'UTC', from + hour)).to.equal('03:05:00Z');
    expect(clock(from, 'UTC', from + 24 * hour)).to.equal('2026-03-14');
    expect(clock(from, 'America/New_York', from + hour)).to.equal('2026-03-13');
    expect(clock(from, 'America/New_York', from + 30 * minutes)).to.equal('23:05:00 EDT');
    expect(exact(from + 7, 'UTC')).to.equal('03:05:00.007Z');
    expect(stamp(from + 7, 'UTC')).to.equal('2026-03-14 03:05:00.007Z');
    expect(stamp(from + 7, 'UTC', from)).to.equal('03:05:00.007Z');
    expect(minute(from, 'UTC')).to.equal('03:05Z');
    expect(moment(Number.NaN, 'UTC')).to.equal('-');
  });
});

describe('trend', () => {
  it('has twelve cells on its own scale, zero a dot, any count a mark', () => {
    expect(trend([0, 1, 50, 100], false)).to.equal('·········▁▄█');
    expect(trend(Array<number>(12).fill(0), false)).to.equal('············');
    expect(
      trend(
        Array.from({ length: 20 }, (_, n) => n),
        false,
      ),
    ).to.have.length(12);
  });
  it('is ASCII where that is asked for', () => {
    expect(trend([0, 1, 2, 3, 4, 5, 6, 7], true, 8)).to.equal(' .:-=+*#');
  });
  it('shows every count that is not zero, and the largest in full (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e6), { minLength: 12, maxLength: 12 }), (counts) => {
        const cells = trend(counts, false);
        for (const [n, value] of counts.entries()) expect(cells[n] === '·').to.equal(value === 0);
        if (Math.max(...counts) > 0) expect(cells[counts.indexOf(Math.max(...counts))]).to.equal('█');
      }),
    );
  });
  it('draws bars in eighths', () => {
    expect(bar(2.5, 8, false)).to.equal('██▌');
    expect(bar(99, 3, false)).to.equal('███');
    expect(bar(2.6, 8, true)).to.equal('###');
    expect(bar(-1, 8, false)).to.equal('');
  });
});

describe('shortIds', () => {
  it('shows four letters, and more only where two collide', () => {
    const short = shortIds(['k7f2aa', 'k7f2ab', 'm3qd00', 'k7f2aa']);
    expect(['k7f2aa', 'k7f2ab', 'm3qd00'].map(short)).to.deep.equal(['k7f2aa', 'k7f2ab', 'm3qd']);
  });
  it('gives each id a beginning that is only its own (property)', () => {
    const ids = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 6, maxLength: 12 }), { maxLength: 20 });
    fc.assert(
      fc.property(ids, (all) => {
        const short = shortIds(all);
        for (const id of all) {
          expect(id.startsWith(short(id))).to.equal(true);
          expect(
            all.filter((other) => other.startsWith(short(id)) && other.length >= id.length && other !== id && short(id) !== id),
          ).to.deep.equal([]);
        }
      }),
    );
  });
});

describe('text', () => {
  it('is as wide as a terminal draws it', () => {
    expect(['abc', '日本', '█▁…·', 'e\u0301'].map(width)).to.deep.equal([3, 4, 4, 1]);
  });
  it('is cut to what fits, wide characters whole (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }).map(sanitize), fc.integer({ min: 0, max: 30 }), (text, columns) => {
        for (const short of [cut(text, columns), cutMiddle(text, columns)]) {
          expect(width(short)).to.be.at.most(columns);
          if (width(text) <= columns) expect(short).to.equal(text);
        }
      }),
    );
  });
  it('keeps the end of a name', () => {
    expect(cutMiddle('cloudwatch:/aws/lambda/auth', 12)).to.equal('cloud…a/auth');
    expect(padEnd('日', 4)).to.equal('日  ');
    expect(padStart('日', 4)).to.equal('  日');
  });
});

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
