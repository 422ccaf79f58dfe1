import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { expect } from 'chai';
import fc from 'fast-check';
import { ProtobufWriter } from '../../../src/formats/bytes/protobufWriter.ts';

/** A field with its value, or with the fields of a message. */
type Field =
  readonly [kind: 'text' | 'int' | 'fixed64' | 'double', number: number, value: string | number] | readonly ['message', number, Field[]];

const number = fc.integer({ min: 1, max: 2_000 });
const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const { fields } = fc.letrec<{ fields: Field[]; field: Field }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 4 },
    fc.tuple(fc.constant('text' as const), number, fc.oneof(fc.string(), fc.string({ minLength: 200, maxLength: 400 }))),
    fc.tuple(fc.constant('int' as const), number, whole),
    fc.tuple(fc.constant('fixed64' as const), number, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String)),
    fc.tuple(fc.constant('double' as const), number, fc.double()),
    fc.tuple(fc.constant('message' as const), number, tie('fields')),
  ),
  fields: fc.array(tie('field'), { maxLength: 6 }),
}));

function write(writer: ProtobufWriter, given: readonly Field[]): ProtobufWriter {
  for (const [kind, at, value] of given) {
    if (kind === 'message') write(writer.begin(at), value).end();
    else if (kind === 'double') writer.double(at, Number(value));
    else writer[kind](at, String(value));
  }
  return writer;
}
function writeByOther(writer: BinaryWriter, given: readonly Field[]): BinaryWriter {
  for (const [kind, at, value] of given) {
    if (kind === 'message') writeByOther(writer.tag(at, WireType.LengthDelimited).fork(), value).join();
    else if (kind === 'text') writer.tag(at, WireType.LengthDelimited).string(String(value));
    else if (kind === 'int') writer.tag(at, WireType.Varint).int64(String(value));
    else if (kind === 'fixed64') writer.tag(at, WireType.Bit64).fixed64(String(value));
    else writer.tag(at, WireType.Bit64).double(Number(value));
  }
  return writer;
}

describe('a message in protobuf', () => {
  it('has the bytes that another library writes', () => {
    fc.assert(
      fc.property(fields, (given) => {
        expect(Buffer.from(write(new ProtobufWriter(), given).finish()).toString('hex')).to.equal(
          Buffer.from(writeByOther(new BinaryWriter(), given).finish()).toString('hex'),
        );
      }),
    );
  });

  it('has room for messages of any length, one within the other', () => {
    for (const length of [126, 127, 128, 16_383, 16_384, 2_100_000]) {
      const given: Field[] = [
        [
          'message',
          1,
          [
            ['message', 2, [['text', 3, 'x'.repeat(length)]]],
            ['text', 4, 'behind'],
          ],
        ],
      ];
      expect(
        Buffer.from(write(new ProtobufWriter(), given).finish()).equals(Buffer.from(writeByOther(new BinaryWriter(), given).finish())),
      ).to.equal(true);
    }
  });

  it('takes no text for a number that is none', () => expect(() => new ProtobufWriter().int(1, '1.5')).to.throw(SyntaxError));
});
