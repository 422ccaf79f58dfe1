import { expect } from 'chai';
import { unpackBlocks } from '../src/codecs.ts';

/** A short text as a block of Snappy: its length, and all of it as it is. */
const block = (text: string) => Buffer.concat([Buffer.from([text.length, (text.length - 1) << 2]), Buffer.from(text)]);

describe('Snappy as clients of Kafka write it', () => {
  it("is one block, or Java's frame of several", () => {
    const [one, two] = ['ERROR disk full', ' and more'] as const;
    expect(unpackBlocks(block(one)).toString()).to.equal(one);
    const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
    const framed = [one, two].flatMap((text) => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(block(text).length);
      return [length, block(text)];
    });
    expect(unpackBlocks(Buffer.concat([head, ...framed])).toString()).to.equal(one + two);
  });

  it('is refused where it would be larger than any batch', () => {
    expect(() => unpackBlocks(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f, 0]))).to.throw(RangeError);
  });
});
