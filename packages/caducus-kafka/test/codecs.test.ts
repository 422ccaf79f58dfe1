/// <reference path="../../../test/support/snappyjs.d.ts" />
import { expect } from 'chai';
import { compress } from 'snappyjs';
import { unpackBlocks } from '../src/codecs.ts';

describe('Snappy as clients of Kafka write it', () => {
  it("is one block, or Java's frame of several", () => {
    const [one, two] = ['ERROR disk full '.repeat(20), 'and more'].map((text) => Buffer.from(text));
    expect(unpackBlocks(Buffer.from(compress(one!))).toString()).to.equal(one!.toString());
    const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    const blocks = [one!, two!].flatMap((bytes) => {
      const packed = Buffer.from(compress(bytes));
      const length = Buffer.alloc(4);
      length.writeInt32BE(packed.length);
      return [length, packed];
    });
    expect(unpackBlocks(Buffer.concat([head, ...blocks])).toString()).to.equal(`${one!}${two!}`);
  });

  it('is refused where it would be larger than any batch', () => {
    expect(() => unpackBlocks(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]))).to.throw(RangeError);
  });
});
