import { expect } from 'chai';
import fc from 'fast-check';
import { looseObject } from '../../../src/formats/json/looseObject.ts';
import { drafts, parseAll } from '../parse.ts';

describe('objects as other languages print them', () => {
  const cases: Record<string, [string, unknown]> = {
    'a hash of Ruby': [
      `{"message"=>"a \\"b\\"", "n"=>nil, "l"=>[1, 2.5, "x"], "h"=>{}}`,
      { message: 'a "b"', n: null, l: [1, 2.5, 'x'], h: {} },
    ],
    'symbols of Ruby': ['{:level=>:error, :message=>"x"}', { level: 'error', message: 'x' }],
    'a dict of Python': [`{'msg': "it's", 'ok': True, 'l': [None, 'b']}`, { msg: "it's", ok: true, l: [null, 'b'] }],
    'an object of JavaScript': [`{ level: 'error', message: 'a: b, c', n: -5 }`, { level: 'error', message: 'a: b, c', n: -5 }],
    'a time without quotes': [
      '{\n  "@timestamp" => 2024-06-03T10:00:00.1Z,\n "message" => "x"\n}',
      { '@timestamp': '2024-06-03T10:00:00.1Z', message: 'x' },
    ],
  };
  for (const [name, [text, wanted]] of Object.entries(cases)) it(name, () => expect(looseObject(text)).to.deep.equal(wanted));

  it('are none when they say neither when nor what, or are cut off', () => {
    for (const text of [`{'a': 1}`, `{'msg': 'x'`, `{ 'msg' }`, `{a b 'c'}`, `{=>'msg'}`]) expect(looseObject(text)).to.equal(null);
  });

  it('any text gives an object or null', () => {
    const part = fc.constantFrom('{', '}', '[', ']', ',', ':', '=>', "'", '"', 'msg', 'nil', ' ', '\\', '1', '\n');
    fc.assert(fc.property(fc.array(part, { maxLength: 30 }), (parts) => typeof looseObject(parts.join('')) === 'object'));
  });

  it('are records in lines', () => {
    const [draft] = drafts(parseAll('auto', `{'ts': '2024-06-03T10:00:00Z', 'level': 'ERROR', 'msg': 'lost'}\n`));
    expect([draft!.time, draft!.metadata.level, draft!.text]).to.deep.equal([Date.UTC(2024, 5, 3, 10), 'ERROR', 'lost']);
  });
});
