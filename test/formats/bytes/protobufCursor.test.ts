import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { expect } from 'chai';
import fc from 'fast-check';
import { ProtobufCursor } from '../../../src/formats/bytes/protobufCursor.ts';

const write = (fill: (writer: BinaryWriter) => void) => {
  const writer = new BinaryWriter();
  fill(writer);
  return new ProtobufCursor(writer.finish());
};

describe('a walk over protobuf', () => {
  it('reads numbers as another library writes them', () => {
    fc.assert(fc.property(fc.nat(), (value) => write((writer) => writer.uint32(value)).varint() === value));
    fc.assert(fc.property(fc.maxSafeNat(), (value) => write((writer) => writer.uint64(value)).varint() === value));
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        (value) => write((writer) => writer.int64(value)).int64() === String(value),
      ),
    );
    fc.assert(fc.property(fc.double({ noNaN: true }), (value) => Object.is(write((writer) => writer.double(value)).double(), value)));
  });

  it('reads nanoseconds as whole milliseconds, to the last one', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
        (nanos) => write((writer) => writer.fixed64(nanos)).nanosAsMillis() === Number(nanos / 1_000_000n),
      ),
    );
    for (const nanos of [1_773_457_799_999_999_999n, 1_773_457_800_000_000_000n])
      expect(write((writer) => writer.fixed64(nanos)).nanosAsMillis()).to.equal(Number(nanos / 1_000_000n));
  });

  it('reads text and bytes, and stands behind them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array(), (text, bytes) => {
        const cursor = write((writer) => writer.string(text).bytes(bytes).uint32(7));
        return cursor.text() === text && cursor.bytes('hex') === Buffer.from(bytes).toString('hex') && cursor.varint() === 7;
      }),
    );
  });

  it('passes over fields of each kind', () => {
    const cursor = write((writer) =>
      writer
        .tag(1, WireType.Varint)
        .int64(-5)
        .tag(2, WireType.Bit64)
        .double(1.5)
        .tag(3, WireType.LengthDelimited)
        .string('abc')
        .tag(4, WireType.Bit32)
        .fixed32(9)
        .uint32(42),
    );
    for (let i = 0; i < 4; i += 1) cursor.skip(cursor.varint());
    expect(cursor.varint()).to.equal(42);
  });

  it('refuses what is cut off, whatever it is, and kinds that nobody writes', () => {
    const fails: [number[], (cursor: ProtobufCursor) => unknown][] = [
      [[0x80], (cursor) => cursor.varint()],
      [Array.from({ length: 12 }, () => 0xff), (cursor) => cursor.varint()],
      [[1, 2, 3], (cursor) => cursor.nanosAsMillis()],
      [[1, 2, 3], (cursor) => cursor.double()],
      [[5, 65], (cursor) => cursor.text()],
      [[], (cursor) => cursor.skip(5)],
      [[1], (cursor) => cursor.skip(3)],
    ];
    for (const [bytes, read] of fails) expect(() => read(new ProtobufCursor(Uint8Array.from(bytes)))).to.throw(SyntaxError, 'not protobuf');
  });
});
