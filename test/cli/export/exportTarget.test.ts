import { expect } from 'chai';
import { exportTarget, type ExportFormat } from '../../../src/cli/export/exportTarget.ts';
import { CaducusError } from '../../../src/errors.ts';

const target = (
  given: string | undefined,
  { format, fields, json = false }: { format?: ExportFormat; fields?: string; json?: boolean } = {},
) => exportTarget(given, { format, fields, json }, '/data');

describe('where an export goes', () => {
  const cases: [given: string | undefined, format: ExportFormat, path: string | null][] = [
    [undefined, 'ndjson', null],
    ['-', 'ndjson', null],
    ['./copy', 'folder', './copy'],
    ['./copy.d/', 'folder', './copy.d/'],
    ['a.ndjson', 'ndjson', 'a.ndjson'],
    ['a.JSONL', 'ndjson', 'a.JSONL'],
    ['a.csv', 'csv', 'a.csv'],
  ];
  for (const [given, format, path] of cases)
    it(`${given ?? 'nothing'} is ${format}`, () => expect(target(given)).to.deep.equal({ format, path }));

  it('is what is named, whatever the ending', () =>
    expect(target('a.txt', { format: 'csv' })).to.deep.equal({ format: 'csv', path: 'a.txt' }));

  const refused: [string, () => unknown, string][] = [
    ['an ending that says nothing', () => target('a.txt'), 'nothing is written as ".txt"'],
    ['a folder without a name', () => target(undefined, { format: 'folder' }), 'a folder needs a name'],
    ['the store itself', () => target('/data/'), 'is the store itself'],
    ['columns of what has none', () => target('a.ndjson', { fields: 'id' }), 'columns are of csv'],
    ['csv and JSON at once', () => target(undefined, { format: 'csv', json: true }), 'csv or JSON, not both'],
  ];
  for (const [name, make, what] of refused) it(`refuses ${name}`, () => expect(make).to.throw(CaducusError, what));
});
