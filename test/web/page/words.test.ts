import { expect } from 'chai';
import {
  age,
  compact,
  expected,
  formatTick,
  lasting,
  moment,
  offset,
  reach,
  readable,
  safeLink,
  shortIds,
  span,
} from '../../../src/web/page/words.ts';

describe('words of the page', () => {
  const lengths: [ms: number, text: string, one: string][] = [
    [4_000, '4s', '4s'],
    [280_000, '4m 40s', '4m'],
    [300_000, '5m', '5m'],
    [11_400_000, '3h 10m', '3h'],
    [34 * 86_400_000, '34 days', '34 days'],
  ];
  for (const [ms, text, one] of lengths) it(`${ms} ms are ${text}`, () => expect([lasting(ms), age(ms)]).to.deep.equal([text, one]));

  it('offsets, times and what was to be expected are written as on the terminal', () => {
    expect([100_000, -452_000, 0, 3_723_000].map(offset)).to.deep.equal(['+1:40', '-7:32', '+0:00', '+1:02:03']);
    expect(moment('2026-03-14T03:05:32.000Z', '2026-03-14T09:00:00.000Z')).to.equal('03:05:32Z');
    expect(moment('2026-02-11T04:20:00.000Z', '2026-03-14T09:00:00.000Z')).to.equal('2026-02-11 04:20Z');
    expect([61, 9_999_999, 12_345_678, 4_200_000_000].map(compact)).to.deep.equal(['61', '9,999,999', '12.3M', '4.2B']);
    expect([null, 0.02, 0.3, 17_120].map(expected)).to.deep.equal(['-', '0', '0.3', '17,120']);
  });

  it('windows shorter than minutes have seconds; how far trends reach is as on the terminal', () => {
    expect(span('2026-03-14T03:05:00Z', '2026-03-14T03:10:00Z')).to.equal('03:05-03:10Z');
    expect(span('2026-03-14T03:05:45Z', '2026-03-14T03:06:00Z')).to.equal('03:05:45-03:06:00Z');
    expect(span('2026-03-13T00:00:00Z', '2026-03-14T00:00:00Z')).to.equal('03-13 to 03-14');
    expect([formatTick('2026-03-14T03:05:00Z', 300_000), formatTick('2026-03-14T00:00:00Z', 86_400_000)]).to.deep.equal(['03:05', '03-14']);
    expect([reach(3_600_000), reach(180_000), reach(90_000), reach(7_200_000)]).to.deep.equal(['60m', '3m', '1m 30s', '2h']);
  });

  it('what hides or turns around is written out, and bounded', () => {
    expect(readable('a\u001b[31m\u202eb\u200b\n\ud800')).to.equal('a\\u001b[31m\\u202eb\\u200b \\ud800');
    expect(readable('\u{e0041}')).to.equal('\\u{e0041}');
    expect(readable('x'.repeat(5000))).to.have.length(2001);
    expect(readable(`z${'\u0301'.repeat(40)}`)).to.have.length(4);
    expect(readable('héllo wörld ☂️ 日本')).to.equal('héllo wörld ☂️ 日本');
  });

  it('only addresses of the web are followed', () => {
    for (const bad of ['javascript:alert(1)', 'data:text/html,x', ' https://x', '//x', undefined]) expect(safeLink(bad)).to.equal(null);
    expect(safeLink('https://tracker.example/INC-1')).to.equal('https://tracker.example/INC-1');
  });

  it('ids are as short as they can be told apart, four characters at least', () => {
    const short = shortIds(['abcdef', 'abcdxy', 'k7f2aa']);
    expect(['abcdef', 'abcdxy', 'k7f2aa', 'unknown'].map(short)).to.deep.equal(['abcde', 'abcdx', 'k7f2', 'unkn']);
  });
});
