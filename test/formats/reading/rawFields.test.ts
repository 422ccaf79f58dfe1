import { expect } from 'chai';
import { rawFields } from '../../../src/formats/reading/rawFields.ts';

const seen = (raw: string, header = '') => {
  const { kind, fields } = rawFields(raw, header);
  return [kind, fields.map(({ path, value }) => `${path}=${String(value)}`).join(' ')];
};

describe('the fields that can be seen in a record', () => {
  const cases: [raw: string, header: string, kind: string, fields: string][] = [
    ['{"a":1,"b":{"c":"x"}}', '', 'JSON lines', 'a=1 b.c=x'],
    ['{\n"a":1}\n', '', 'JSON', 'a=1'],
    ['{"a":1}\n', '', 'JSON lines', 'a=1'],
    ['{"__REALTIME_TIMESTAMP":"1"}', '', 'journald JSON', '__REALTIME_TIMESTAMP=1'],
    ['{"log":"x","stream":"stdout","time":"t"}', '', 'container JSON', 'log=x stream=stdout time=t'],
    ['{"log":"x","time":"t"}', '', 'JSON lines', 'log=x time=t'],
    ['10:00 stdout F {"a":1}', '', 'text with JSON', 'a=1'],
    ['10:00 {not json}', '', 'text lines', ''],
    ['level=info msg="a \\"b\\" c" n=', '', 'logfmt', 'level=info msg=a "b" c n='],
    ['level=info msg=x', '', 'text lines', ''],
    ['1,"a, b","say ""x"""', 'n,what,more', 'CSV', 'n=1 what=a, b more=say "x"'],
    ['1;2', 'a;b', 'CSV', 'a=1 b=2'],
    ['a,b', 'a,b', 'text lines', ''],
    ['1,2,3', 'a,b', 'text lines', ''],
    ['1,2', '1st,2nd', 'text lines', ''],
    ['[1,2]', '', 'text lines', ''],
  ];
  for (const [raw, header, kind, fields] of cases)
    it(`${raw.trim()} is ${kind}`, () => expect(seen(raw, header)).to.deep.equal([kind, fields]));
});
