import { expect } from 'chai';
import { fuzz } from './fuzz.ts';
import { targets, type Target } from './targets.ts';

/** A slice of what `npm run fuzz` does, with a seed of its own. */
const slice: Record<string, number> = { mixture: 300, pipeline: 300, config: 500, interpolation: 1000 };

describe('everything that takes text from outside', () => {
  for (const target of targets) {
    it(`${target.name} stands hurt input`, async () => {
      expect(await fuzz(target, { seed: 7, from: 0, inputs: slice[target.name] ?? 1000 })).to.equal(null);
    }).timeout(30_000);
  }

  it('the fuzzer notices what breaks, and names the input so that it can be made again', async () => {
    const fragile: Target = {
      name: 'fragile',
      attack: (random) => {
        if (random.below(50) === 3) throw new Error('broke');
      },
    };
    const first = await fuzz(fragile, { seed: 1, from: 0, inputs: 10_000 });
    expect(first).to.include({ target: 'fragile', what: 'broke' });
    expect(await fuzz(fragile, { seed: 1, from: first!.index, inputs: 1 })).to.deep.equal(first);
  });
});
