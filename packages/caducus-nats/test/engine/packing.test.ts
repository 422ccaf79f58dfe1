import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { pack, unpack } from '../../src/engine/packing.ts';

describe('packing', () => {
  it('gives back every body byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(400), (some, times) => {
        const body = Buffer.concat(Array.from({ length: times }, () => some));
        expect(body.equals(unpack(pack(body)))).to.equal(true);
      }),
    );
  });

  it('makes large texts smaller, and leaves alone what is small, random or packed already', () => {
    const line = '{"level":"info","msg":"request 1 of user 2 took 3 ms"}\n';
    expect(pack(Buffer.from(line.repeat(500)))).to.have.length.below(1_000);
    for (const body of [Buffer.alloc(0), Buffer.from(line), randomBytes(100_000), gzipSync(randomBytes(50_000))]) {
      expect(pack(body)).to.have.length(body.length + 1);
      expect(body.equals(unpack(pack(body)))).to.equal(true);
    }
  });
});
