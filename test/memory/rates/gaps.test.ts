import { expect } from 'chai';
import { absenceBits, addGap, isRare, mergeGaps, missedAfter, startGaps, type Gaps } from '../../../src/memory/rates/gaps.ts';
import { MOVED } from '../../../src/memory/judge/stateWord.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function gapsOf(...lengths: number[]): Gaps {
  const gaps = startGaps();
  let now = 0;
  for (const length of lengths) addGap(gaps, length, (now += length));
  return gaps;
}
const many = (length: number, n: number): number[] => Array<number>(n).fill(length);

describe('the gaps of a pattern', () => {
  it('say nothing of an absence while there are fewer than eight', () => {
    const few = gapsOf(...many(hour, 5));
    expect([isRare(few), absenceBits(few, 30 * day), missedAfter(few, MOVED)]).to.deep.equal([true, 0, null]);
    expect(absenceBits(gapsOf(...many(hour, 8)), 12 * hour)).to.be.at.least(MOVED);
  });

  it('tell an absence the better the more of them were shorter', () => {
    const [some, lots] = [gapsOf(...many(minute, 20)), gapsOf(...many(minute, 2000))];
    expect(absenceBits(lots, hour)).to.be.greaterThan(absenceBits(some, hour));
    expect(absenceBits(lots, minute)).to.equal(0);
  });

  it('tell an absence longer than all of them, however many they are and however far they have faded', () => {
    for (let n = 8; n <= 80; n++) {
      for (const length of [5 * minute, 83 * minute, 5 * hour]) {
        const gaps = gapsOf(...many(length, n));
        const away = 40 * length;
        expect(absenceBits(gaps, away), `${n} gaps`).to.be.at.least(MOVED);
        addGap(gaps, away, (n + 40) * length);
        expect(absenceBits(gaps, away, 1), `${n} gaps, then back`).to.be.at.least(MOVED);
      }
    }
  });

  it('excuse an absence as long as one of eight was', () => {
    expect(absenceBits(gapsOf(...many(minute, 7), 8 * hour, ...many(minute, 8)), 8 * hour)).to.be.below(MOVED);
  });

  it('fall due when they would be told', () => {
    const gaps = gapsOf(...many(minute, 100));
    const after = missedAfter(gaps, MOVED)!;
    expect(after).to.be.within(2 * minute, 10 * minute);
    expect([absenceBits(gaps, after) >= MOVED, absenceBits(gaps, after / 4) >= MOVED]).to.deep.equal([true, false]);
  });

  it('know what comes once a night: not away in the afternoon, and away half an hour after it was due', () => {
    const nightly = gapsOf(...Array.from({ length: 12 }, () => [minute, minute, day - 2 * minute]).flat());
    expect(absenceBits(nightly, 14 * hour)).to.equal(0);
    expect(absenceBits(nightly, day)).to.equal(0);
    expect(absenceBits(nightly, day + 30 * minute)).to.be.at.least(MOVED);
    expect(missedAfter(nightly, MOVED)).to.be.within(day, day + 30 * minute);
  });

  it('know what comes once a week', () => {
    const weekly = gapsOf(...many(7 * day, 8));
    expect(absenceBits(weekly, 6 * day)).to.equal(0);
    expect(absenceBits(weekly, 7 * day + hour)).to.be.at.least(MOVED);
  });

  it('of two patterns that are one are those of both', () => {
    const into = gapsOf(...many(minute, 30));
    mergeGaps(into, gapsOf(...many(hour, 30)));
    expect(into.n).to.be.closeTo(60, 0.5);
    expect(absenceBits(into, hour)).to.be.below(MOVED);
  });

  it('fade: habits of last year excuse nothing', () => {
    const gaps = gapsOf(...many(6 * hour, 40));
    for (let i = 0; i < 6000; i++) addGap(gaps, hour, 10 * day + i * hour);
    expect(absenceBits(gaps, 12 * hour)).to.be.at.least(MOVED);
  });
});
