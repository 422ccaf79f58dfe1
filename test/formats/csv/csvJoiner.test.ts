import { expect } from 'chai';
import fc from 'fast-check';
import { CsvJoiner, type CsvRecord } from '../../../src/formats/csv/csvJoiner.ts';

/** Records as they come out, a broken one with a `!` in front. */
function join(lines: readonly string[], max = 1000, end = true): { out: string[]; joiner: CsvJoiner } {
  const out: string[] = [];
  const joiner = new CsvJoiner(
    ',',
    max,
    ({ raw }) => out.push(raw),
    ({ raw }) => out.push(`!${raw}`),
  );
  let offset = 0;
  for (const [i, raw] of lines.entries()) {
    joiner.line({ raw, line: i + 1, offset, invalid: false });
    offset += raw.length + 1;
  }
  if (end) joiner.giveUp();
  return { out, joiner };
}

describe('lines of CSV joined to records', () => {
  const cases: [what: string, lines: string[], out: string[]][] = [
    ['a line end in quotes is part of its field', ['a,"b', 'c",d', 'e'], ['a,"b\nc",d', 'e']],
    ['a doubled quote closes nothing', ['a,"b""', 'c",d'], ['a,"b""\nc",d']],
    ['a quote within a field is text', ['a,5" pipe', 'b'], ['a,5" pipe', 'b']],
    ['blank lines stand between records only', ['a', '', '  ', '"b', '', 'c"'], ['a', '"b\n\nc"']],
    ['a quote that is never closed costs its line alone', ['"open', 'b', 'c,d'], ['!"open', 'b', 'c,d']],
    ['so do several', ['"open', 'b', 'x,"open', 'c'], ['!"open', 'b', '!x,"open', 'c']],
    ['a quote that would close it with text behind opens another field', ['"open', 'a,"b"x'], ['!"open', 'a,"b"x']],
  ];
  for (const [what, lines, out] of cases) it(what, () => expect(join(lines).out).to.deep.equal(out));

  it('give up past so many characters', () => {
    expect(join(['"open', 'b'], 6, false).out).to.deep.equal([]);
    expect(join(['"open', 'b'], 5, false).out).to.deep.equal(['!"open', 'b']);
  });

  it('tell where the record begins that is not complete', () => {
    const { joiner } = join(['a', '"b', 'c'], 1000, false);
    expect(joiner.pending).to.deep.include({ line: 2, offset: 2 });
    joiner.giveUp();
    expect(joiner.pending).to.equal(undefined);
  });

  it('are marked when one of their lines was no UTF-8, and know their lines', () => {
    const records: CsvRecord[] = [];
    const joiner = new CsvJoiner(
      ',',
      100,
      (record) => records.push(record),
      () => {},
    );
    joiner.line({ raw: '"a', line: 1, offset: 0, invalid: false });
    joiner.line({ raw: 'b"', line: 2, offset: 3, invalid: true });
    expect(records[0]).to.deep.include({ raw: '"a\nb"', line: 1, offset: 0, invalid: true });
    expect(records[0]!.parts!.map(({ line }) => line)).to.deep.equal([1, 2]);
  });

  it('lose no line that is not blank, whatever the quotes are (property)', () => {
    const line = fc.string({ unit: fc.constantFrom('a', '"', ',', ' '), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.integer({ min: 1, max: 30 }), (lines, max) => {
        const given = lines.filter((text) => text.trim() !== '');
        const back = join(lines, max).out.flatMap((raw) => raw.replace(/^!/, '').split('\n'));
        expect(back.filter((text) => text.trim() !== '')).to.deep.equal(given);
      }),
    );
  });
});
