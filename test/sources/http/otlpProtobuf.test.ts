import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/event.ts';
import { unpackOtlp } from '../../../src/formats/json/otlp.ts';
import { encodeLogs } from '../../../src/sinks/otlp/encodeLogs.ts';
import { readOtlpProtobuf } from '../../../src/sources/http/shippers/otlpProtobuf.ts';

const text = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'service.name', 'ünïcode'));
const { value } = fc.letrec<{ value: JsonObject; pair: JsonObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String) }),
    fc.record({ doubleValue: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    fc.array(tie('value'), { maxLength: 3 }).map((values) => ({ arrayValue: { values } })),
    fc.array(tie('pair'), { maxLength: 3 }).map((values) => ({ kvlistValue: { values } })),
  ),
  pair: fc.record({ key: text, value: tie('value') }),
}));
const attributes = fc.array(fc.record({ key: text, value }), { maxLength: 4 });
const nanos = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String);
const record = fc.record(
  {
    timeUnixNano: nanos,
    observedTimeUnixNano: nanos,
    severityNumber: fc.integer({ min: 0, max: 30 }),
    severityText: text,
    body: value,
    attributes,
    eventName: text,
  },
  { requiredKeys: [] },
);
const logs = fc.record({
  resourceLogs: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      scopeLogs: fc.array(fc.record({ scope: fc.record({ name: text }), logRecords: fc.array(record, { maxLength: 3 }) }), {
        maxLength: 3,
      }),
    }),
    { maxLength: 3 },
  ),
});

const message = (fill: (writer: BinaryWriter) => void) => {
  const writer = new BinaryWriter();
  fill(writer);
  return writer.finish();
};
const field = (writer: BinaryWriter, number: number, bytes: Uint8Array) => writer.tag(number, WireType.LengthDelimited).bytes(bytes);

describe('an export of logs in protobuf', () => {
  it('gives the records that the same export gives in JSON, whatever is in it', () => {
    fc.assert(
      fc.property(logs, (json) => {
        const plain = JSON.parse(JSON.stringify(json)) as JsonObject;
        expect(readOtlpProtobuf(encodeLogs(plain))).to.deep.equal(unpackOtlp(plain as Json));
      }),
    );
  });

  it('gives records what holds for all of them, also where that stands behind them', () => {
    const pair = message((writer) => {
      writer.tag(1, WireType.LengthDelimited).string('service.name');
      field(
        writer,
        2,
        message((inner) => inner.tag(1, WireType.LengthDelimited).string('cart')),
      );
    });
    const one = message((writer) =>
      field(
        writer,
        5,
        message((inner) => inner.tag(1, WireType.LengthDelimited).string('hello')),
      ),
    );
    const scope = message((writer) => {
      field(writer, 2, one);
      field(
        writer,
        1,
        message((inner) => inner.tag(1, WireType.LengthDelimited).string('http')),
      );
    });
    const resource = message((writer) => {
      field(writer, 2, scope);
      field(
        writer,
        1,
        message((inner) => field(inner, 1, pair)),
      );
    });
    expect(readOtlpProtobuf(message((writer) => field(writer, 1, resource)))).to.deep.equal([
      { 'service.name': 'cart', scope: 'http', message: 'hello' },
    ]);
  });

  it('passes over fields that are not known, and reads ids as they are written in JSON', () => {
    const one = message((writer) => {
      writer.tag(7, WireType.Varint).uint32(3);
      writer.tag(8, WireType.Bit32).fixed32(1);
      field(writer, 9, Uint8Array.from([0xab, 0xcd]));
      field(writer, 10, Uint8Array.from([1]));
      field(writer, 99, Uint8Array.from([1, 2, 3]));
      field(
        writer,
        5,
        message((inner) => field(inner, 7, Uint8Array.from([1, 2]))),
      );
    });
    const bytes = message((writer) =>
      field(
        writer,
        1,
        message((inner) =>
          field(
            inner,
            2,
            message((scope) => field(scope, 2, one)),
          ),
        ),
      ),
    );
    expect(readOtlpProtobuf(bytes)).to.deep.equal([{ trace_id: 'abcd', span_id: '01', message: 'AQI=' }]);
  });

  it('leaves out what is nested beyond sense, and needs no stack for it', () => {
    let deep = message((writer) => writer.tag(1, WireType.LengthDelimited).string('x'));
    for (let i = 0; i < 2_000; i += 1) {
      const inner = deep;
      deep = message((writer) =>
        field(
          writer,
          5,
          message((list) => field(list, 1, inner)),
        ),
      );
    }
    const one = message((writer) => field(writer, 5, deep));
    const bytes = message((writer) =>
      field(
        writer,
        1,
        message((inner) =>
          field(
            inner,
            2,
            message((scope) => field(scope, 2, one)),
          ),
        ),
      ),
    );
    expect(String(readOtlpProtobuf(bytes)[0]!['message']).length).to.be.lessThan(200);
  });

  it('takes any bytes, or refuses them as no protobuf', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          return Array.isArray(readOtlpProtobuf(bytes));
        } catch (error) {
          return error instanceof SyntaxError && error.message.startsWith('not protobuf');
        }
      }),
    );
    const whole = encodeLogs({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: 'hello' } }] }] }] });
    for (let cut = 1; cut < whole.length; cut += 1)
      expect(() => readOtlpProtobuf(whole.subarray(0, cut)), String(cut)).to.throw(SyntaxError);
  });
});
