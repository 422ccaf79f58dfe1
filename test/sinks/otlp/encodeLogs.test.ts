import { BinaryReader } from '@bufbuild/protobuf/wire';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/event.ts';
import { unpackOtlp } from '../../../src/formats/json/otlp.ts';
import { encodeLogs } from '../../../src/sinks/otlp/encodeLogs.ts';
import { writeExport } from '../../../src/sinks/otlp/logRecords.ts';
import { readOtlpProtobuf } from '../../../src/sources/http/shippers/otlpProtobuf.ts';

describe('logs in protobuf', () => {
  it('are what the listener reads as the same logs in JSON, whatever they hold', () => {
    const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), value), fc.string(), (metadata, text) => {
        const record = { text, metadata, id: 'e1', source: 's', group_id: 'g' } as JsonObject;
        const logs = writeExport([{ id: 'u', kind: 'event', time: 1_700_000_000_123, record }], { pipeline: 'p', now: 1_700_000_001_000 });
        expect(readOtlpProtobuf(encodeLogs(logs))).to.deep.equal(unpackOtlp(JSON.parse(JSON.stringify(logs)) as Json));
      }),
      { numRuns: 150 },
    );
  });

  it('begin as the schema says: resourceLogs in field 1, in it the resource in 1 and the scope in 2', () => {
    const reader = new BinaryReader(encodeLogs(writeExport([], { pipeline: 'p', now: 0 })));
    expect(reader.tag()[0]).to.equal(1);
    const inner = new BinaryReader(reader.bytes());
    const fields: number[] = [];
    while (inner.pos < inner.len) {
      const [field, type] = inner.tag();
      fields.push(field);
      inner.skip(type);
    }
    expect(fields).to.deep.equal([1, 2]);
  });
});
