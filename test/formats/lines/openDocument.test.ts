import { expect } from 'chai';
import { opensList } from '../../../src/formats/lines/openDocument.ts';
import { drafts, parseAll } from '../parse.ts';

const lines = { lines: { maxLineBytes: '1KiB' } } as const;
const records = Array.from({ length: 200 }, (_, i) => ({ time: 1_717_408_800_000 + i, message: `order ${i} €` }));

describe('a document on one line', () => {
  for (const [what, document] of Object.entries({ 'a list': records, 'an object around one': { Records: records } })) {
    it(`is longer than a line may be: ${what}`, () => {
      const text = JSON.stringify(document);
      const found = drafts(parseAll(lines, `${text}\n${JSON.stringify({ time: 1_717_408_900_000, message: 'behind' })}\n`, [100]));
      expect(found.map((draft) => draft.text)).to.deep.equal([...records.map(({ message }) => message), 'behind']);
      const bytes = Buffer.from(text);
      for (const draft of found.slice(0, 200)) {
        expect(bytes.subarray(draft.offset).toString().startsWith(draft.raw)).to.equal(true);
      }
    });
  }

  it('that is one record is refused with its length', () => {
    const text = JSON.stringify({ message: 'x', frames: [{ line: 1 }], more: 'y'.repeat(2000) });
    expect(parseAll(lines, `${text}\n`)).to.deep.include.members([
      {
        kind: 'refusal',
        reason: `line of ${text.length} bytes is longer than the limit of 1024 (max_line_bytes)`,
        original: text,
        line: 1,
        offset: 0,
      },
    ]);
  });

  const starts: [start: string, opens: boolean][] = [
    ['[{"a":1}', true],
    [' [ {"a":1}', true],
    ['{"Records":[{"a"', true],
    ['{"logGroup":"x","logEvents": [ {', true],
    ['{"message":"x"', false],
    ['[1,2', false],
    ['text [{', false],
  ];
  for (const [start, opens] of starts)
    it(`${opens ? 'begins' : 'does not begin'} with ${start}`, () => expect(opensList(start)).to.equal(opens));
});
