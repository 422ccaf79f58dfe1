import { expect } from 'chai';
import fc from 'fast-check';
import { type AdaptiveOptions, createAdaptive } from '../../src/safeguards/adaptiveDetector.ts';
import type { DetectorResult } from '../../src/safeguards/detectorResult.ts';
import { mistyped } from '../support/typed.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.parse('2026-01-05T00:00:00Z'); // a Monday

/** Judges values that come five minutes apart. */
function judged(values: readonly number[], options: AdaptiveOptions = {}, from = start): DetectorResult[] {
  const detector = createAdaptive(options);
  const state = detector.start();
  return values.map((value, i) => detector.score(state, from + i * 5 * minute, value));
}

const firedAt = (results: readonly DetectorResult[]): number[] => results.flatMap(({ fires }, i) => (fires ? [i] : []));

/** Repeatable noise in [0, 1): the low bits of a multiplicative hash (Knuth). */
const noise = (i: number): number => ((i * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;

/** Ordinary traffic: busier by day, with noise. */
const traffic = (i: number): number => 100 + 50 * Math.sin((2 * Math.PI * i) / 288) + 10 * noise(i);
const series = (n: number, valueAt: (i: number) => number = traffic): number[] => Array.from({ length: n }, (_, i) => valueAt(i));
const spiky = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
  minLength: 60,
  maxLength: 250,
});

describe('createAdaptive', () => {
  it('never changes a score when more data arrives', () => {
    fc.assert(
      fc.property(spiky, spiky, (past, future) => {
        const alone = judged(past, { warmup: 40 });
        expect(judged([...past, ...future], { warmup: 40 }).slice(0, past.length)).to.deep.equal(alone);
      }),
      { numRuns: 30 },
    );
  });

  it('goes on from its JSON as if never stopped', () => {
    fc.assert(
      fc.property(spiky, fc.nat(250), (values, cut) => {
        const detector = createAdaptive({ warmup: 40, quiet: 5 });
        let state = detector.start();
        const results = values.map((value, i) => {
          if (i === cut) state = detector.load(JSON.parse(JSON.stringify(detector.save(state))));
          return detector.score(state, start + i * 5 * minute, value);
        });
        expect(results).to.deep.equal(judged(values, { warmup: 40, quiet: 5 }));
      }),
      { numRuns: 30 },
    );
  });

  it('does not care about the unit: doubled values get the same scores', () => {
    const scores = (factor: number) => judged(series(800, (i) => factor * (i === 700 ? 400 : traffic(i)))).map((r) => r.score);
    expect(scores(1024)).to.deep.equal(scores(1));
  });

  it('does not care in which week it is', () => {
    const scores = (weeks: number) => judged(series(800), {}, start + weeks * 7 * day).map((r) => r.score);
    expect(scores(520)).to.deep.equal(scores(0));
  });

  it('stays silent on a flat line and, once it knows a day, on days that repeat', () => {
    expect(firedAt(judged(series(4000, () => 45)))).to.deep.equal([]);
    expect(firedAt(judged(series(4000, (i) => (i % 288 < 100 ? 20 : 80)))).filter((i) => i > 288)).to.deep.equal([]);
  });

  it('fires at the onset of a spike, once, upward, and says against what', () => {
    const results = judged(series(2000, (i) => (i >= 1800 && i < 1812 ? 400 : traffic(i))));
    expect(firedAt(results).filter((i) => i >= 1000)).to.deep.equal([1800]);
    const finding = results[1800]!;
    expect(finding).to.deep.include({ direction: 'up', warm: true, learned_points: 1800, threshold: 0.38 });
    expect(finding.score).to.be.at.least(finding.threshold);
    expect(finding.baseline).to.be.within(100, 200);
    expect(finding.contributors.map(({ name }) => name)).to.deep.equal(['time of day', 'plain']);
    for (const { baseline, residual } of finding.contributors) expect(residual).to.equal(400 - baseline);
  });

  it('fires downward when traffic stops', () => {
    const results = judged(series(2000, (i) => (i >= 1800 ? 0 : traffic(i))));
    expect(firedAt(results)).to.include(1800);
    expect(results[1800]!.direction).to.equal('down');
  });

  it('finds a value that lies, for the first time, between two usual ones', () => {
    const results = judged(series(2000, (i) => (i === 1800 ? 50 : i % 12 === 0 ? 90 + noise(i) : 10 + noise(i))));
    expect(firedAt(results).filter((i) => i >= 500)).to.deep.equal([1800]);
    expect(results[1800]!.top.baseline).to.equal('plain');
  });

  it('learns the nightly backup within three weeks, and still sees one that is three times as large', () => {
    const nightly = (i: number): number => traffic(i) + (i % 288 === 30 ? 300 : 0);
    const results = judged(series(8000, (i) => (i === 7950 ? 1000 : nightly(i))));
    expect(firedAt(results).filter((i) => i >= 21 * 288)).to.deep.equal([7950]);
  });

  it('learns that a series grows, and does not cry at every new height', () => {
    const alarms = firedAt(judged(series(8640, (i) => 100 + i / 100 + noise(i) * 3.5)));
    expect(alarms.length).to.be.at.most(5);
  });

  it('finds a series that hangs on one value, once, and leaves one alone that often stands still', () => {
    const hung = judged(series(2000, (i) => (i >= 1800 ? 120 : traffic(i))));
    expect(hung.filter(({ top }) => top.baseline === 'stuck').map(({ learned_points: at }) => at)).to.deep.equal([1835]);
    const often = judged(series(4000, (i) => Math.floor(traffic(Math.floor(i / 30)))));
    expect(often.slice(200).filter(({ top }) => top.baseline === 'stuck')).to.deep.equal([]);
  });

  it('forgets: an outage of long ago does not hide the next', () => {
    const outageAt = (n: number, at: number[]) =>
      judged(
        series(n, (i) => (at.some((a) => i >= a && i < a + 6) ? 900 : traffic(i))),
        { memory: 1000 },
      );
    expect(firedAt(outageAt(6100, [600, 6000]))).to.include(6000);
  });

  it('fires at its threshold, not only above it', () => {
    const values = series(600, (i) => (i === 500 ? 400 : traffic(i)));
    const { score } = judged(values)[500]!;
    expect(firedAt(judged(values, { threshold: score }))).to.include(500);
    expect(firedAt(judged(values, { threshold: score * (1 + Number.EPSILON) }))).to.not.include(500);
  });

  it('says nothing before its warm-up is over', () => {
    const wild = series(300, (i) => (i === 90 ? 1e5 : i === 250 ? 1e6 : noise(i)));
    expect(firedAt(judged(wild)).filter((i) => i < 100)).to.deep.equal([]);
    expect(firedAt(judged(wild))).to.include(250);
    expect(firedAt(judged(wild, { warmup: 50 }))).to.deep.equal([90, 250]);
    expect(
      judged(wild)
        .map(({ warm }) => warm)
        .indexOf(true),
    ).to.equal(100);
  });

  it('is quiet after an alarm for as many points as it is told', () => {
    const growing = series(1200, (i) => (i >= 1000 ? 10 ** (3 + (i - 1000) / 10) : traffic(i)));
    const alarms = firedAt(judged(growing, { quiet: 9 })).filter((i) => i >= 1000);
    expect(alarms.slice(0, 3)).to.deep.equal([1000, 1010, 1020]);
  });

  it('cuts days by the clocks of its zone, summer time included', () => {
    // an hourly job at 09:00 in Berlin: 08:00 UTC in winter, 07:00 UTC in summer
    const berlin = createAdaptive({ zone: 'Europe/Berlin' });
    const utc = createAdaptive({});
    const local = berlin.start();
    const plain = utc.start();
    const expected = (result: DetectorResult) => result.contributors.find(({ name }) => name === 'time of day')?.baseline;
    const from = Date.parse('2026-03-20T00:00:00Z');
    let last: [number | undefined, number | undefined] = [undefined, undefined];
    for (let time = from; time <= Date.parse('2026-03-29T07:00:00Z'); time += hour) {
      const summer = time >= Date.parse('2026-03-29T01:00:00Z');
      const value = new Date(time + (summer ? 2 : 1) * hour).getUTCHours() === 9 ? 500 : 0;
      last = [expected(berlin.score(local, time, value)), expected(utc.score(plain, time, value))];
    }
    expect(last).to.deep.equal([500, 0]);
  });

  it('takes an offset as a function too', () => {
    const detector = createAdaptive({ zone: () => 5 * hour });
    const state = detector.start();
    detector.score(state, start + 23 * hour, 7);
    const { contributors } = detector.score(state, start + 23 * hour + 6 * minute, 7);
    expect(contributors.map(({ name }) => name)).to.include('time of day');
    expect(detector.save(state).seasons[0]![4]).to.equal(7);
  });

  it('keeps a state of bounded size', () => {
    const detector = createAdaptive();
    const state = detector.start();
    const sizeAfter = (from: number, to: number): number => {
      for (let i = from; i < to; i += 1) detector.score(state, start + i * 5 * minute, 1e6 * noise(i) ** 3);
      return JSON.stringify(detector.save(state)).length;
    };
    const early = sizeAfter(0, 5000);
    expect(sizeAfter(5000, 40_000)).to.be.below(1.1 * early);
    expect(early).to.be.below(80_000);
  });

  for (const bad of [NaN, Infinity, -Infinity, 1e151, '5', null, undefined]) {
    it(`rejects ${String(bad)} (${typeof bad}) as a value and learns nothing from it`, () => {
      const detector = createAdaptive();
      const state = detector.start();
      detector.score(state, start, 1);
      const before = JSON.stringify(detector.save(state));
      expect(() => detector.score(state, start, mistyped(bad))).to.throw(RangeError, /^value /);
      expect(() => detector.score(state, NaN, 1)).to.throw(RangeError, /^time_ms /);
      expect(JSON.stringify(detector.save(state))).to.equal(before);
    });
  }

  it('gives numbers for the largest values it takes', () => {
    const results = judged(series(300, (i) => (i % 3 === 0 ? 1e150 : i % 3 === 1 ? -1e150 : i)));
    for (const { score, baseline } of results) expect(Number.isFinite(score) && Number.isFinite(baseline)).to.equal(true);
  });

  const options: [keyof AdaptiveOptions, unknown][] = [
    ['threshold', 0],
    ['threshold', NaN],
    ['quiet', -1],
    ['warmup', -1],
    ['warmup', Infinity],
    ['memory', 99],
    ['memory', '1000'],
  ];
  for (const [name, value] of options) {
    it(`rejects ${name} = ${String(value)} by name`, () => {
      expect(() => createAdaptive({ [name]: value })).to.throw(RangeError, new RegExp(`^${name} `));
    });
  }
});
