import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../../../src/event.ts';
import { ndjson } from '../../../src/formats/json/ndjson.ts';
import { objectReader } from '../../../src/sources/http/objectRecords.ts';
import { signalMaker } from '../../../src/sources/toSignals.ts';

const now = Date.UTC(2026, 2, 14, 3, 10);
const read = (record: JsonObject, fields = {}) => objectReader({ id: 'in', now, request: 'r' })(record, '0', fields)[0]!;
const asLine = (record: JsonObject) => {
  const parser = ndjson.create(ndjson.options.parse({}), { reference: now }, null);
  return signalMaker({ source: 'in' })([...parser.push(Buffer.from(JSON.stringify(record))), ...parser.end()])[0]!;
};
const withoutId = (signal: ReturnType<typeof read>) =>
  signal.kind === 'event' ? { ...signal, event: { ...signal.event, id: '' } } : signal;

describe('an object that is a record', () => {
  it('is read as the line that it would be', () => {
    const names = fc.constantFrom('message', 'msg', 'level', 'time', 'timestamp', 'service', 'name', 'id', 'error', 'metadata', 'a.b');
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('2026-03-14T03:09:00Z', 'ERROR', 'warn', 1_773_457_740_000));
    fc.assert(
      fc.property(fc.dictionary(names, value as fc.Arbitrary<never>), (given) => {
        const record = JSON.parse(JSON.stringify(given)) as JsonObject;
        expect(withoutId(read(record))).to.deep.equal(withoutId(asLine(record)));
      }),
      { numRuns: 300 },
    );
  });

  it('is called by its name in the request, and by an id of its own', () => {
    expect(read({ msg: 'a' }))
      .to.have.nested.property('event.id')
      .that.matches(/^http-[0-9a-f]{8}-r-0$/);
    expect(read({ msg: 'a', key: 'k1' }, { id: 'key' })).to.have.nested.property('event.id', 'k1');
  });

  it('has the time of the arrival where it names none', () => expect(read({ msg: 'a' })).to.include({ time: now, borrowed: true }));

  it('is refused where it nests too deep, or its id is none', () => {
    let deep: JsonObject = {};
    for (let i = 0; i < 300; i += 1) deep = { a: deep };
    expect(read(deep)).to.have.nested.property('rejected.reason', 'nested too deep');
    const canonical = { id: 'a\nb', timestamp: 'never', source: 's', group_id: 'g', text: 'x', metadata: {} };
    expect(read(canonical).kind).to.equal('rejected');
  });
});
