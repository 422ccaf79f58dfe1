import { expect } from 'chai';
import { JsonLinesParser, savedReader } from '../../../src/formats/json/jsonLines.ts';
import type { Parser, ParserPosition } from '../../../src/formats/format.ts';
import { bytesOf, drafts, refusals, texts } from '../parse.ts';

/** Reads `{"m":text,"t":time}`; without `m` it is no record. */
const parser = (from: ParserPosition | null = null): Parser =>
  new JsonLinesParser(
    60,
    {
      draft: ({ m, t }, raw, place, invalid) =>
        typeof m === 'string' ? { kind: 'draft', time: Number(t ?? Number.NaN), text: m, metadata: { invalid }, raw, ...place } : 'no m',
      save: () => 'saved',
    },
    { reference: 7 },
    from,
  );
const read = (text: string | Uint8Array) => {
  const one = parser();
  return [...one.push(bytesOf(text)), ...one.end()];
};

describe('JSON, an object a line', () => {
  it('is read past blank lines, and what is no object or no record is refused where it stands', () => {
    const items = read('{"m":"a","t":1}\n\n  \n[1]\n3\n{"m":\n{}\n {"m":"b"}\n');
    expect(texts(items)).to.deep.equal(['a', 'b']);
    expect(refusals(items).map(({ line, reason }) => `${line}: ${reason}`)).to.deep.equal([
      '4: not a JSON object',
      '5: not a JSON object',
      '6: broken JSON: it ends too soon, at column 6',
      '7: no m',
    ]);
  });

  it('is refused by the line where one is too long', () => {
    const items = read(`{"m":"${'x'.repeat(60)}"}\n{"m":"b","t":1}\n`);
    expect(refusals(items)[0]).to.include({ line: 1, reason: 'line of 68 bytes is longer than the limit of 60 (max_line_bytes)' });
    expect(texts(items)).to.deep.equal(['b']);
  });

  it('says of a line that it was no UTF-8', () => {
    const items = read(Buffer.concat([Buffer.from('{"m":"a'), Buffer.from([0xff]), Buffer.from('","t":1}\n{"m":"b"}\n')]));
    expect(drafts(items).map(({ metadata }) => metadata.invalid)).to.deep.equal([true, false]);
  });

  it('waits for the first time, and goes on behind what came out', () => {
    const one = parser();
    expect(one.push(bytesOf('{"m":"a"}\n'))).to.deep.equal([]);
    expect(one.position()).to.deep.equal({ offset: 0, line: 0, state: { time: null, reader: 'saved' } });
    expect(texts(one.push(bytesOf('{"m":"b","t":5}\n{"m"')))).to.deep.equal(['a', 'b']);
    const position = one.position();
    expect(position).to.deep.equal({ offset: 26, line: 2, state: { time: 5, reader: 'saved' } });
    expect([savedReader(position), savedReader(null)]).to.deep.equal(['saved', null]);
    const two = parser(position);
    expect(drafts(two.push(bytesOf('{"m":"c"}\n'))).map(({ time, borrowed }) => [time, borrowed])).to.deep.equal([[5, 'before']]);
  });
});
