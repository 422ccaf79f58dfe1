import { expect } from 'chai';
import fc from 'fast-check';
import { Watermark, type Lateness, type SavedProgress } from '../../../src/run/intake/watermark.ts';
import { eventAt } from '../../support/fakes.ts';

const never = Number.NEGATIVE_INFINITY;
const prompt: Lateness = { lateness: 0, idle: 5 };
const late: Lateness = { lateness: 10, idle: 5 };
const live = (...sources: Lateness[]) => new Watermark(sources, { merged: false, now: 0 });

describe('Watermark', () => {
  it('is the least over the sources, each behind its newest record by what it may be late', () => {
    const watermark = live(prompt, late);
    expect(watermark.record(0, eventAt(100))).to.equal(never);
    expect(watermark.record(1, eventAt(50))).to.equal(40);
    expect(watermark.record(1, eventAt(200))).to.equal(100);
    expect(watermark.newest).to.equal(200);
  });

  it('does not go back for a record that is late', () => {
    const watermark = live(late);
    watermark.record(0, eventAt(100));
    expect(watermark.record(0, eventAt(20))).to.equal(90);
  });

  it('is not held back by a source at its end, until that one gives again', () => {
    const watermark = live(prompt, prompt);
    watermark.record(0, eventAt(100));
    watermark.ended(1);
    expect(watermark.least()).to.equal(100);
    expect(watermark.record(1, eventAt(30))).to.equal(30);
  });

  it('is not held back by a source that was silent for `idle` while another spoke', () => {
    const watermark = live(prompt, prompt);
    watermark.record(0, eventAt(100));
    watermark.arrived(0, 4);
    expect(watermark.least()).to.equal(never);
    watermark.arrived(0, 5);
    expect(watermark.least()).to.equal(100);
  });

  it('takes the word of a source that it is complete, and no word that would go back', () => {
    const watermark = live(late);
    watermark.complete(0, 500);
    expect(watermark.least()).to.equal(500);
    watermark.complete(0, 400);
    expect(watermark.record(0, eventAt(100))).to.equal(500);
    expect(watermark.record(0, eventAt(600))).to.equal(590);
  });

  it('goes on at the pace of the clock from the last record when all are quiet', () => {
    const watermark = live(late);
    expect(watermark.quiet(100)).to.equal(never);
    watermark.record(0, eventAt(1000));
    watermark.arrived(0, 100);
    expect(watermark.quiet(104)).to.equal(990);
    expect(watermark.quiet(107)).to.equal(997);
  });

  it('stays with the least while one of several still speaks', () => {
    const watermark = live(prompt, prompt);
    watermark.record(0, eventAt(1000));
    watermark.record(1, eventAt(300));
    watermark.arrived(1, 3);
    expect(watermark.quiet(6)).to.equal(300);
    expect(watermark.quiet(8)).to.equal(1008);
  });

  it('knows merged sources as one, of the greatest lateness, that never idles nor ends', () => {
    const watermark = new Watermark([prompt, late], { merged: true, now: 0 });
    watermark.record(0, eventAt(100));
    expect(watermark.record(1, eventAt(150))).to.equal(140);
    watermark.ended(0);
    watermark.ended(1);
    expect(watermark.quiet(1e9)).to.equal(140);
    expect(watermark.save()).to.have.length(1);
  });

  it('has no newest record before the first', () => {
    expect(live(prompt, late).newest).to.equal(null);
  });

  it('goes on from what it saved, through JSON, as if it had never stopped', () => {
    const step = fc.record({ source: fc.integer({ min: 0, max: 2 }), time: fc.integer({ min: -50, max: 1000 }), act: fc.nat(3) });
    const take = (watermark: Watermark, { source, time, act }: { source: number; time: number; act: number }, now: number) => {
      watermark.arrived(source, now);
      if (act === 0) watermark.ended(source);
      else if (act === 1) watermark.complete(source, time);
      else watermark.record(source, eventAt(time));
      return [watermark.least(), watermark.newest, watermark.quiet(now + 2)];
    };
    fc.assert(
      fc.property(fc.array(step), fc.array(step, { minLength: 1 }), (before, behind) => {
        const [one, other] = [live(prompt, late, prompt), live(prompt, late, prompt)];
        for (const [now, each] of before.entries()) take(one, each, now);
        other.load(JSON.parse(JSON.stringify(one.save())) as SavedProgress[]);
        for (const [i, each] of behind.entries()) {
          const now = before.length + i;
          expect(take(other, each, now)).to.deep.equal(take(one, each, now));
        }
      }),
    );
  });

  it('is as far as the farthest of the sources that are merged now', () => {
    const apart = live(prompt, prompt);
    apart.record(0, eventAt(100));
    apart.record(1, eventAt(300));
    const merged = new Watermark([prompt, prompt], { merged: true, now: 0 });
    merged.load(apart.save());
    expect(merged.least()).to.equal(300);
  });

  it('takes up nothing that was saved for another number of sources', () => {
    const one = live(prompt);
    one.record(0, eventAt(100));
    const two = live(prompt, prompt);
    two.load(one.save());
    expect(two.newest).to.equal(null);
  });
});
