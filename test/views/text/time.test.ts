import { expect } from 'chai';
import { clock, datedSpan, exact, minute, moment, span, stamp, writeDate } from '../../../src/views/text/time.ts';

const second = 1000;
const minutes = 60 * second;
const hour = 60 * minutes;
const at = (text: string) => Date.parse(text);

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
  it('write milliseconds before 1970 as those of the second they are in', () => {
    expect(exact(-1, 'UTC')).to.equal('23:59:59.999Z');
    expect(exact(-1000, 'UTC')).to.equal('23:59:59.000Z');
  });
  it('are a dash where there is none', () => {
    for (const write of [clock, moment, exact, stamp, writeDate]) expect(write(Number.NaN, 'UTC')).to.equal('-');
  });
});
