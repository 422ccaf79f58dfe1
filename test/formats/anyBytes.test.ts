import { expect } from 'chai';
import fc from 'fast-check';
import type { FormatItem } from '../../src/formats/format.ts';
import { formats, type FormatName, type FormatOption } from '../../src/formats/index.ts';
import { bytesOf, parseAll, parseInHalves } from './parse.ts';

const small = '200';
/** Every format with a small limit, so that the fuzzer meets it. */
const choices: FormatOption[] = (Object.keys(formats) as FormatName[]).map(
  (name) => ({ [name]: formats[name].options.parse({ maxLineBytes: small }) }) as FormatOption,
);
const nameOf = (choice: FormatOption) => Object.keys(choice)[0]!;

/** Fragments of real input, so that random input gets deep into the parsers. */
const fragment = fc.constantFrom(
  '\n',
  '\r\n',
  '\n\n',
  ' ',
  '\t',
  '"',
  '""',
  ',',
  ';',
  '|',
  '{',
  '}',
  '[',
  ']',
  '\uFEFF',
  'é',
  '€',
  '😀',
  '\0',
  '\u2028',
  '{"id":"a","timestamp":"2024-05-01T10:00:00Z","source":"s","group_id":"g","text":"t","metadata":{}}\n',
  '{"time":1714557600,"msg":"m","__proto__":{"x":1}}\n',
  '{"log":"x\\n","stream":"stdout","time":"2024-05-01T10:00:00Z"}\n',
  '{"__REALTIME_TIMESTAMP":"1714557600000000","MESSAGE":[104,105]}\n',
  'date,time,level,component,pid,content,block_id,anomaly\n',
  '081109,203615,INFO,DataNode,1,"a, b",blk_1,0\n',
  'timestamp,message\n',
  'sep=;\n',
  'level,when,what\n2024-05-01 10:00:00,ERROR,x\n',
  '#Fields: date time cs-uri-stem sc-status\n',
  '#fields\tts\tmsg\n',
  '2024-05-01 10:00:00 /a 502\n',
  '"GET /a HTTP/1.1" 502 157 "-" 12 ms',
  '2024-05-01 10:00:00,123 INFO [main] a.b.C: hello',
  'Jun 14 15:16:01 combo sshd[1]: x',
  '\tat a.b(C.java:1)\n',
  'Caused by: x\n',
  'Traceback (most recent call last):\n',
  '2024-05-01T10:00:00.123456789Z stdout P ',
  '<34>1 2003-10-11T22:14:15.003Z h a - - - ',
  'x'.repeat(150),
);
const input = fc.oneof(
  { weight: 3, arbitrary: fc.array(fragment, { maxLength: 30 }).map((parts) => bytesOf(parts.join(''))) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 600 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(fragment.map(bytesOf), fc.uint8Array({ maxLength: 8 })), { maxLength: 30 })
      .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part]))),
  },
);
const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
const reference = Date.UTC(2024, 4, 2);

describe('every format over any bytes', () => {
  for (const choice of choices) {
    it(`${nameOf(choice)} gives the same records however the bytes are cut`, () => {
      fc.assert(
        fc.property(input, cuts, (bytes, sizes) => {
          expect(parseAll(choice, bytes, sizes, reference)).to.deep.equal(parseAll(choice, bytes, [], reference));
        }),
        { numRuns: 80 },
      );
    });

    it(`${nameOf(choice)} goes on from a position with what it would have given`, () => {
      fc.assert(
        fc.property(input, fc.nat(), (bytes, point) => {
          const half = bytes.length === 0 ? 0 : point % bytes.length;
          expect(parseInHalves(choice, bytes, half, reference)).to.deep.equal(parseAll(choice, bytes, [], reference));
        }),
        { numRuns: 80 },
      );
    });
  }

  it('places are in order and records have a time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...choices), input, (choice, bytes) => {
        let last: FormatItem | undefined;
        for (const item of parseAll(choice, bytes, [], reference)) {
          if (last) expect(item.offset).to.be.greaterThan(last.offset);
          if (item.kind === 'draft') expect(Number.isFinite(item.time)).to.equal(true);
          else expect(item.original.length).to.be.at.most(4096);
          expect(item.offset).to.be.below(bytes.length);
          last = item;
        }
      }),
      { numRuns: 150 },
    );
  });

  it('ndjson accounts for every line that is not blank', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const lines = text.split('\n').filter((line, index) => (index === 0 ? line.replace('\uFEFF', '') : line).trim() !== '');
        expect(parseAll('ndjson', text)).to.have.length(lines.length);
      }),
    );
  });
});
