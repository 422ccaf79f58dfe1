import { expect } from 'chai';
import { readRows } from '../../../src/formats/csv/rowReader.ts';
import type { TableRoles } from '../../../src/formats/csv/tableRoles.ts';
import { StampClock } from '../../../src/formats/time/stampClock.ts';

const none: TableRoles = { time: [], text: -1, inner: false, level: -1, scale: 'words', component: -1, source: -1, group: -1, id: -1 };
const columns = ['at', 'words', 'lvl', 'who', 'key'];
const roles: TableRoles = { ...none, time: [0], text: 1, level: 2, component: 3, id: 4 };
const read = (cells: string[], some: Partial<TableRoles> = {}, names: readonly string[] = columns) =>
  readRows(names, { ...roles, ...some }, new StampClock({ timeZone: 'UTC', dayFirst: false }, undefined), ',')(cells);

describe('a row of a table', () => {
  it('is read by its columns, and keeps what has no part', () => {
    expect(read(['2024-06-03T10:00:00Z', 'pump is dry ', 'ERROR', 'pumps', 'k1'])).to.deep.equal({
      time: Date.UTC(2024, 5, 3, 10),
      text: 'pump is dry',
      metadata: { who: 'pumps', level: 'ERROR' },
      id: 'k1',
      logicalId: 'pumps',
    });
  });

  it('keeps a cell that is no time, where the time should be', () => {
    const row = read(['soon', 'x', '', '', 'k1']);
    expect(row).to.deep.include({ time: Number.NaN, metadata: { at: 'soon' } });
  });

  it('has the level of its number on the scale of the column', () => {
    expect(read(['', 'x', '3', '', 'k1'], { scale: 'syslog' })).to.deep.include({ metadata: { level: 'error' } });
    expect(read(['', 'x', '9', '', 'k1'], { scale: 'syslog' })).to.deep.include({ metadata: { level: '9' } });
  });

  it('is refused where its id cannot name a record, or where it is the names again', () => {
    expect(read(['', 'x', '', '', '../k'])).to.equal('id "../k" is not safe in a path');
    expect(read(columns)).to.equal('the names of the columns again');
    expect(read(['a'])).to.equal('1 columns where the header has 5');
  });

  it('is described by its cells where no column is the text', () => {
    expect(read(['', 'x', '', '', ''], { text: -1, id: -1 })).to.deep.include({ text: 'words=x' });
    expect(read(['/a', 'GET', '502'], none, ['path', 'method', 'status'])).to.deep.include({ text: 'GET /a 502' });
  });

  it('takes the time of the line in its cell where no column has it', () => {
    const row = read(['1', '2024-06-03 10:00:00 ERROR pump is dry'], { ...none, text: 1, inner: true }, ['n', 'line']);
    expect(row).to.deep.include({ time: Date.UTC(2024, 5, 3, 10), text: 'pump is dry', metadata: { n: '1', level: 'ERROR' } });
  });
});
