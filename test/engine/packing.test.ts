import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { packContent, unpackContent } from '../../src/engine/packing.ts';

describe('packing', () => {
  it('gives back every content byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(800), async (some, times) => {
        const content = Buffer.concat(Array.from({ length: times }, () => some));
        const packed = await packContent(content);
        if (packed) expect(content.equals(unpackContent(packed))).to.equal(true);
        else expect(content.length).to.be.lessThan(16_384);
      }),
    );
  });

  it('makes large texts smaller, here or aside, and leaves alone what is small or random', async () => {
    const line = '{"level":"info","msg":"request 1 of user 2 took 3 ms"}\n';
    for (const times of [500, 50_000]) expect(await packContent(Buffer.from(line.repeat(times)))).to.have.length.below(times * 2);
    for (const content of [Buffer.alloc(0), Buffer.from(line), randomBytes(20_000), randomBytes(100_000)])
      expect(await packContent(content)).to.equal(null);
  });
});
