import { expect } from 'chai';
import { z } from 'zod';
import { toCamelCase, toSnakeCase, toCamel } from '../../src/pipeline/keyCase.ts';

describe('keys of a pipeline file', () => {
  it('are snake_case there and camelCase in the code, back and forth', () => {
    expect(toCamelCase('max_open_files')).to.equal('maxOpenFiles');
    expect(toSnakeCase('maxOpenFiles')).to.equal('max_open_files');
    for (const key of ['a', 'sha256', 'is_a_b']) expect(toSnakeCase(toCamelCase(key))).to.equal(key);
  });

  const schema = z.strictObject({
    maxItems: z.int().optional(),
    isOn: z.boolean().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    list: z.array(z.strictObject({ someName: z.string() })).optional(),
    either: z.union([z.string(), z.strictObject({ byName: z.string() })]).optional(),
  });

  it('are renamed wherever the schema has an object, in lists and unions too', () => {
    expect(toCamel(schema, { max_items: 1, list: [{ some_name: 'x' }], either: { by_name: 'y' } })).to.deep.equal({
      maxItems: 1,
      list: [{ someName: 'x' }],
      either: { byName: 'y' },
    });
  });

  it('are data in a free record, and stay', () => {
    expect(toCamel(schema, { headers: { content_type: 'a', __proto_x: 'b' } })).to.deep.equal({
      headers: { content_type: 'a', __proto_x: 'b' },
    });
    const hostile = toCamel(schema, JSON.parse('{"headers":{"__proto__":"x"}}')) as { headers: object };
    expect(Object.hasOwn(hostile.headers, '__proto__')).to.equal(true);
  });

  it('written in camelCase are unknown: there is one way', () => {
    expect(schema.safeParse(toCamel(schema, { maxItems: 1 })).success).to.equal(false);
  });

  it('hold numbers and booleans that stand as text, as quotes and variables bring about', () => {
    expect(toCamel(schema, { max_items: '12', is_on: 'true' })).to.deep.equal({ maxItems: 12, isOn: true });
    expect(toCamel(schema, { max_items: 'twelve', is_on: 'yes' })).to.deep.equal({ maxItems: 'twelve', isOn: 'yes' });
  });
});
