import { expect } from 'chai';
import type { Shift } from '../../../src/memory/series/slotSeries.ts';
import { TemplateSeries } from '../../../src/memory/series/templateSeries.ts';

/** Numbers that look like chance, the same for the same seed. */
function chances(seed: number): () => number {
  let x = seed >>> 0;
  return () => {
    x = (x + 0x6d2b79f5) >>> 0;
    let t = Math.imul(x ^ (x >>> 15), 1 | x);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const normal = (chance: () => number): number => Math.sqrt(-2 * Math.log(chance() + 1e-12)) * Math.cos(2 * Math.PI * chance());

const FADE = 2 ** (-1 / 72);

/** The shifts of each window, of numbers that `value` gives: `perWindow` in each of `windows`. */
function watch(
  windows: number,
  perWindow: number,
  value: (window: number, i: number) => number,
  series = new TemplateSeries(1),
): Shift[][] {
  let i = 0;
  return Array.from({ length: windows }, (_, window) => {
    for (let k = 0; k < perWindow; k++) series.add(window, 'n', value(window, i++), 'integer');
    return series.close(window, FADE).map(([, shift]) => shift);
  });
}

describe('a series of numbers', () => {
  const calm: Record<string, (chance: () => number) => (window: number, i: number) => number> = {
    'a wide spread': (chance) => () => Math.round(50 * Math.exp(0.6 * normal(chance))),
    'a heavy tail': (chance) => () => Math.round(20 / (chance() + 1e-9) ** (1 / 1.3)),
    'a day that swings by three': (chance) => (window) =>
      Math.round(100 * (1 + 2 * Math.max(0, Math.sin((window / 288) * 2 * Math.PI))) * Math.exp(0.2 * normal(chance))),
    'an offset': () => (_, i) => 1000 + i * 3,
    ids: (chance) => () => Math.floor(chance() * 1e5),
    'a process that is started anew': () => (window) => 1000 + Math.floor(window / 288) * 3777,
    'two kinds of answers': (chance) => () => (chance() < 0.85 ? 1 + Math.floor(chance() * 3) : 40 + Math.floor(chance() * 20)),
    'hardly ever more than zero': (chance) => () => (chance() < 0.95 ? 0 : 1 + Math.floor(chance() * 4)),
    'a saw': (_) => (window, i) => 200 + ((window * 7 + i) % 30) * 10,
  };
  for (const [name, make] of Object.entries(calm)) {
    it(`stays calm: ${name}`, () => {
      for (const perWindow of [1, 5, 20]) {
        const shifts = watch(2016, perWindow, make(chances(7))).flat();
        expect(shifts.length, `${perWindow} a window`).to.equal(0);
      }
    });
  }

  it('that has become twelve times as much is told in its second window, and as long as it lasts', () => {
    const chance = chances(11);
    const shifts = watch(300, 10, (window) => Math.round((window >= 200 ? 12 : 1) * (20 + chance() * 70)));
    expect(shifts.findIndex((all) => all.length > 0)).to.equal(201);
    expect(shifts.slice(201).every((all) => all.length === 1)).to.equal(true);
    expect(shifts[201]![0]!.factor).to.be.within(8, 18);
    expect(shifts[201]![0]!.usual).to.be.within(40, 95);
  });

  it('that stays so is how it is, after three times as long as was known before', () => {
    const chance = chances(16);
    const shifts = watch(900, 10, (window) => Math.round((window >= 200 ? 12 : 1) * (20 + chance() * 70)));
    expect(shifts.slice(201, 440).every((all) => all.length === 1)).to.equal(true);
    expect(shifts.slice(520).flat()).to.deep.equal([]);
  });

  it('whose tail alone has grown is told by its tail', () => {
    const chance = chances(12);
    const [shift] = watch(300, 40, (window) => Math.round((20 + chance() * 20) * (window >= 200 && chance() < 0.15 ? 20 : 1)))
      .slice(200)
      .flat();
    expect(shift!.quantile).to.equal('p95');
  });

  it('that falls to a twentieth is told as falling; one stray window is not', () => {
    const chance = chances(13);
    const fallen = watch(210, 10, (window) => Math.round(1000 * (0.8 + chance() * 0.4) * (window >= 200 ? 0.05 : 1))).flat();
    expect(fallen[0]!.factor).to.be.below(0.1);
    expect(watch(300, 10, (window) => Math.round(100 * (0.8 + chance() * 0.4) * (window === 200 ? 30 : 1))).flat()).to.deep.equal([]);
  });

  it('that grows from nothing is told', () =>
    expect(watch(220, 6, (window, i) => (window >= 200 ? 40 * (i % 7) + 200 : 0)).flat()).to.not.deep.equal([]));

  it('that does so every night is familiar after two of them', () => {
    const chance = chances(14);
    const shifts = watch(2016, 6, (window) => Math.round((window % 288 < 12 ? 600 : 5) * (0.9 + chance() * 0.3)));
    const nights = Array.from({ length: 7 }, (_, night) => shifts.slice(night * 288, night * 288 + 12).flat());
    expect(nights[1]!.some(({ familiar }) => !familiar)).to.equal(true);
    for (const night of nights.slice(4)) expect(night.every(({ familiar }) => familiar)).to.equal(true);
  });

  it('is the same after a save and load at any window', () => {
    const chance = chances(15);
    const values = Array.from({ length: 400 }, (_, i) => Math.round((i > 300 ? 9 : 1) * (20 + chance() * 70)));
    const value = (_: number, i: number) => values[i]!;
    const whole = watch(100, 4, value);
    for (const cut of [0, 13, 77]) {
      const first = new TemplateSeries(1);
      const before = watch(cut, 4, value, first);
      const again = TemplateSeries.load(JSON.parse(JSON.stringify(first.save())) as ReturnType<TemplateSeries['save']>);
      let i = cut * 4;
      const after = Array.from({ length: 100 - cut }, (_, k) => {
        for (let n = 0; n < 4; n++) again.add(cut + k, 'n', values[i++]!, 'integer');
        return again.close(cut + k, FADE).map(([, shift]) => shift);
      });
      expect([...before, ...after]).to.deep.equal(whole);
    }
  });
});
