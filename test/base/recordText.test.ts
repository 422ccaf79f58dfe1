import { expect } from 'chai';
import fc from 'fast-check';
import { isNewer, recordLine, recordText, SCHEMA, withSchema } from '../../src/base/recordText.ts';

describe('the text of a record', () => {
  it('is its JSON with the schema as last field, once', () => {
    expect(recordText({})).to.equal('{"schema":1}');
    expect(recordText({ a: 1 })).to.equal('{"a":1,"schema":1}');
    expect(recordText({ schema: 7, a: '}' })).to.equal('{"schema":7,"a":"}"}');
    expect(recordLine({ a: [] })).to.equal('{"a":[],"schema":1}\n');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
        expect(JSON.parse(recordText(record))).to.deep.equal(JSON.parse(JSON.stringify({ ...record, schema: record['schema'] ?? SCHEMA })));
      }),
    );
  });

  it('is given to each record of a list, and to nothing that is no record', () => {
    expect(withSchema([{ a: 1 }, 'b', null])).to.deep.equal([{ a: 1, schema: 1 }, 'b', null]);
    expect([withSchema(null), withSchema(3)]).to.deep.equal([null, 3]);
  });

  it('is of a later release when its number is higher; without one it is of an earlier one', () => {
    expect([{}, { schema: 1 }, { schema: 2 }, { schema: 'x' }, null, 3].map(isNewer)).to.deep.equal([
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
  });
});
