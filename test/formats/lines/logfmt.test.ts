import { expect } from 'chai';
import fc from 'fast-check';
import { logfmtRecord, parseLogfmt, readPairs } from '../../../src/formats/lines/logfmt.ts';

describe('pairs in logfmt', () => {
  const cases: [text: string, record: object | null][] = [
    ['level=info msg="up and \\"running\\"" port=80', { level: 'info', msg: 'up and "running"', port: '80' }],
    ["msg='it is' n=1", { msg: 'it is', n: '1' }],
    ["msg='tis n=1", { msg: "'tis", n: '1' }],
    ['a= b=1', { a: '', b: '1' }],
    ['a="x"y b=1', { a: '"x"y', b: '1' }],
    ['a="x\\ty\\nz"', { a: 'x\ty\nz' }],
    ['a=b=c', { a: 'b=c' }],
    ['a="open', null],
    ['just text', null],
    ['=x', null],
    ['a=1 text', null],
    ['"a"=1', null],
    ['', {}],
  ];
  for (const [text, record] of cases) it(JSON.stringify(text), () => expect(parseLogfmt(text)).to.deep.equal(record));

  it('are at most 200', () => {
    const pairs = (many: number) => Array.from({ length: many }, (_, i) => `k${i}=1`).join(' ');
    expect(Object.keys(parseLogfmt(pairs(200))!)).to.have.length(200);
    expect(parseLogfmt(pairs(201))).to.equal(null);
  });

  it('are read back as they were written (property)', () => {
    const key = fc.stringMatching(/^[a-z_.]{1,8}$/);
    fc.assert(
      fc.property(fc.dictionary(key, fc.string({ maxLength: 12 }), { noNullPrototype: true }), (record) => {
        const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`;
        const text = Object.entries(record)
          .map(([name, value]) => `${name}=${quoted(value)}`)
          .join(' ');
        expect(parseLogfmt(text)).to.deep.equal(record);
      }),
    );
  });
});

describe('a body in logfmt', () => {
  const first = (body: string) => body.indexOf('=');

  it('is a record where it begins with a pair and has a message', () => {
    const record = (body: string) => logfmtRecord(body, first(body));
    expect(record('a=1 msg=x')).to.deep.equal({ a: '1', msg: 'x' });
    expect(record('up a=1 msg=x')).to.equal(null);
    expect(record('a=1 b=2')).to.equal(null);
    expect(record('type=X msg=audit(1717408800.123:8812): a=1')).to.equal(null);
  });

  it('is one too with four pairs and nothing else', () => {
    const record = (body: string) => readPairs(body, first(body));
    expect(record('a=1 b=2 c=3 d=4')).to.deep.equal({ a: '1', b: '2', c: '3', d: '4' });
    expect(record('a=1 b=2 c=3')).to.equal(null);
    expect(record('up a=1 b=2 c=3 d=4')).to.equal(null);
  });
});
