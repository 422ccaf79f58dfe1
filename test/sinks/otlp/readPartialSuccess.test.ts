import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { expect } from 'chai';
import { readPartialSuccess } from '../../../src/sinks/otlp/readPartialSuccess.ts';

const json = (value: unknown) => readPartialSuccess(Buffer.from(JSON.stringify(value)), true);
const protobuf = (count: number, why: string) => {
  const inner = new BinaryWriter().tag(1, WireType.Varint).int64(count).tag(2, WireType.LengthDelimited).string(why).finish();
  return new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(inner).finish();
};

describe('an answer of an OTLP receiver', () => {
  it('says how many records were refused, in JSON and in protobuf', () => {
    const refused = { count: 300, why: 'too old: é'.repeat(30) };
    expect(json({ partialSuccess: { rejectedLogRecords: '300', errorMessage: refused.why } })).to.deep.equal(refused);
    expect(readPartialSuccess(protobuf(300, refused.why), false)).to.deep.equal(refused);
  });

  it('says that all was taken when it holds nothing, or only a word of warning', () => {
    expect(readPartialSuccess(new Uint8Array(), false)).to.equal(null);
    expect(json({})).to.equal(null);
    expect(json({ partialSuccess: { rejectedLogRecords: 0, errorMessage: 'slow down' } })).to.equal(null);
  });

  it('that cannot be read says nothing', () => {
    expect(readPartialSuccess(Buffer.from('<html>'), true)).to.equal(null);
    expect(readPartialSuccess(Buffer.from([0x0a, 0xff, 0xff]), false)).to.equal(null);
  });
});
