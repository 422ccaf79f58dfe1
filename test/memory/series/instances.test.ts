import { expect } from 'chai';
import { Instances, type OddInstance } from '../../../src/memory/series/instances.ts';
import { toScale } from '../../../src/memory/series/sketch.ts';
import { seeded } from '../../../bench/support/seeded.ts';

const SPREAD = 0.5;
const middle = { mean: toScale(40, 'duration'), spread: SPREAD };

interface Play {
  windows: number;
  instances?: number;
  /** Values of each instance a window, on average. */
  rate?: number;
  seed?: number;
  /** How many times the usual an instance's numbers are. */
  factor?: (name: string, window: number) => number;
  all?: Instances;
}

/** The oddest instance of each window, of numbers that lie about 40 ms. */
function play({ windows, instances = 20, rate = 0.6, seed = 1, factor = () => 1, all = new Instances() }: Play): (OddInstance | null)[] {
  const draw = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  return Array.from({ length: windows }, (_, window) => {
    for (let i = 0; i < instances; i++) {
      const name = `web-${i}`;
      let many = Math.floor(rate) + Number(draw() < rate % 1);
      for (; many > 0; many--) all.add(name, window, toScale(40 * factor(name, window) * Math.exp(SPREAD * normal()), 'duration'), middle);
    }
    return all.close('duration', true);
  });
}
const slow =
  (from: number, name = 'web-7') =>
  (one: string, window: number) =>
    one === name && window >= from ? 8 : 1;

describe('one instance of many', () => {
  it('whose numbers are eight times those of the others is told while they are, and by name', () => {
    let seen = 0;
    for (let seed = 1; seed <= 6; seed++) {
      const found = play({ windows: 140, seed, factor: (name, window) => (window < 120 ? slow(100)(name, window) : 1) });
      const first = found.findIndex(Boolean);
      expect(first, `seed ${seed}`).to.be.within(101, 114);
      expect(found.filter((odd) => odd && odd.name !== 'web-7')).to.deep.equal([]);
      seen += found.slice(first, 120).filter(Boolean).length / (120 - first);
      expect(found[first]!.factor).to.be.within(3, 25);
      expect(found[first]!.usual).to.be.within(30, 55);
      expect(found.slice(132).filter(Boolean), `after seed ${seed}`).to.deep.equal([]);
    }
    expect(seen / 6).to.be.at.least(0.9);
  });

  it('is told sooner the more it says', () => {
    const firstOf = (rate: number) => play({ windows: 120, rate, factor: slow(100) }).findIndex(Boolean);
    expect(firstOf(5)).to.equal(101);
    expect(firstOf(0.3)).to.be.greaterThan(103);
  });

  it('is not told by chance', () => {
    let told = 0;
    for (let seed = 1; seed <= 5; seed++) told += play({ windows: 2016, seed }).filter(Boolean).length;
    expect(told).to.be.at.most(10);
  });

  it('is not told of a service that is slow as a whole', () => {
    expect(play({ windows: 160, factor: (_, window) => (window >= 100 ? 8 : 1) }).filter(Boolean)).to.deep.equal([]);
  });

  it('that was always so is not told, once that is known', () => {
    expect(
      play({ windows: 400, rate: 2, factor: slow(0) })
        .slice(100)
        .filter(Boolean),
    ).to.deep.equal([]);
  });

  it('needs three others, and more than its first windows: what has just been started is slow', () => {
    expect(play({ windows: 130, instances: 3, rate: 4, factor: slow(100) }).filter(Boolean)).to.deep.equal([]);
    const fresh = new Instances();
    play({ windows: 100, instances: 8, rate: 4, all: fresh });
    const found = Array.from({ length: 8 }, (_, n) => {
      for (let i = 0; i < 9; i++) {
        const name = `web-${i}`;
        for (let k = 0; k < 4; k++) fresh.add(name, 100 + n, toScale(i === 8 ? 320 : 36 + 4 * ((i + k) % 3), 'duration'), middle);
      }
      return fresh.close('duration', true)?.name ?? null;
    });
    expect(found.slice(0, 3)).to.deep.equal([null, null, null]);
    expect(found[4]).to.equal('web-8');
  });

  it('is not made odd by one value out of all bounds', () => {
    const all = new Instances();
    play({ windows: 100, all });
    all.add('web-3', 100, toScale(4_000_000, 'duration'), middle);
    expect(play({ windows: 12, all, seed: 9 }).filter(Boolean)).to.deep.equal([]);
  });

  it('of numbers that are names or places in a sequence is none', () => {
    const all = new Instances();
    play({ windows: 100, all });
    for (let n = 0; n < 5; n++) {
      for (let i = 0; i < 20; i++) all.add(`web-${i}`, 100 + n, toScale(i === 7 ? 900 : 40, 'duration'), middle);
      expect(all.close('duration', false)).to.equal(null);
    }
  });

  it('goes on from what was saved as if it had never been, and holds no more than so many', () => {
    const whole = new Instances();
    play({ windows: 104, factor: slow(100), all: whole });
    const restored = Instances.load(JSON.parse(JSON.stringify(whole.save())) as ReturnType<Instances['save']>);
    const rest = { windows: 10, factor: slow(0), seed: 5 };
    expect(play({ ...rest, all: restored })).to.deep.equal(play({ ...rest, all: whole }));
    for (let i = 0; i < 1000; i++) whole.add(`pod-${i}`, 200 + i, 4, middle);
    expect(whole.save().all.length).to.equal(64);
  });
});
