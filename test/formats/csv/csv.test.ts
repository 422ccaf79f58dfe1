import { expect } from 'chai';
import type { FormatOption } from '../../../src/formats/index.ts';
import { drafts, isoTimes, parseAll, refusals, texts } from '../parse.ts';

const header = 'timestamp,level,component,message,extra\n';

describe('csv', () => {
  it('finds columns by their names and keeps the rest', () => {
    const [draft] = drafts(parseAll('csv', `${header}2024-05-01T10:00:00Z,WARN,web,"a ""quoted"" text, with comma",7\n`));
    expect(draft).to.include({ text: 'a "quoted" text, with comma', logicalId: 'web', time: Date.UTC(2024, 4, 1, 10) });
    expect(draft!.metadata).to.deep.equal({ component: 'web', extra: '7', level: 'WARN' });
  });

  it('reads line ends inside quotes, a byte order mark and CRLF', () => {
    const items = parseAll('csv', '\uFEFFtimestamp,message\r\n2024-05-01,"one\r\ntwo"\r\n2024-05-02,three\r\n');
    expect(texts(items)).to.deep.equal(['one\ntwo', 'three']);
    expect(items.map(({ line }) => line)).to.deep.equal([2, 4]);
  });

  it('rejects rows without their time or text, with their lines', () => {
    const items = parseAll('csv', 'timestamp,message,host\n2024-05-01\n2024-05-01,a\n2024-05-01,b,web1\n');
    expect(refusals(items).map(({ line, reason }) => [line, reason])).to.deep.equal([[2, '1 columns where the header has 3']]);
    expect(texts(items)).to.deep.equal(['a', 'b']);
  });

  it('gives commas that nobody quoted back to the text, wherever it stands', () => {
    expect(texts(parseAll('csv', 'timestamp,message\n2024-05-01,a, b, and c\n'))).to.deep.equal(['a, b, and c']);
    const [draft] = drafts(
      parseAll('csv', 'time,message,level,host\n2024-05-01,no route, giving up,ERROR,web1\n2024-05-01,ok,INFO,web1\n'),
    );
    expect(draft).to.include({ text: 'no route, giving up' });
    expect(draft!.metadata).to.deep.equal({ host: 'web1', level: 'ERROR' });
  });

  it('loses one line to a quote that is never closed, not the rest of the file', () => {
    const good = Array.from({ length: 50 }, (_, i) => `2024-05-01,row ${i}\n`).join('');
    const format: FormatOption = { csv: { fields: {}, delimiter: 'auto', timeZone: 'UTC', dayFirst: false, maxLineBytes: 300 } };
    for (const choice of ['csv', format] as const) {
      const items = parseAll(choice, `timestamp,message\n2024-05-01,"open\n${good}`);
      expect(refusals(items).map(({ line }) => line)).to.deep.equal([2]);
      expect(texts(items)).to.have.length(50);
    }
  });

  it('gives lines their chance that a stray quote swallowed', () => {
    const items = parseAll('csv', 'timestamp,message\n2024-05-01,"open\n2024-05-01,a\n2024-05-01,"b"\n2024-05-01,c\n');
    expect(refusals(items).map(({ line }) => line)).to.deep.equal([2]);
    expect(texts(items)).to.deep.equal(['a', 'b', 'c']);
  });

  it('gives a row without a time that of its neighbour, and keeps what stood there', () => {
    const items = parseAll('csv', 'timestamp,message\n2024-05-01,a\n2024-13-45,x\n');
    expect(drafts(items).map(({ time, borrowed, metadata }) => [time, borrowed, metadata])).to.deep.equal([
      [Date.UTC(2024, 4, 1), undefined, {}],
      [Date.UTC(2024, 4, 1), 'before', { timestamp: '2024-13-45' }],
    ]);
  });

  it('refuses the names of the columns in the midst of the rows', () => {
    const [refusal] = refusals(parseAll('csv', 'timestamp,message\n2024-05-01,a\ntimestamp,message\n2024-05-01,b\n'));
    expect([refusal!.line, refusal!.reason]).to.deep.equal([3, 'the names of the columns again']);
  });

  it('reads the dates of a table in one order', () => {
    const days = (text: string) =>
      drafts(parseAll('csv', text, [], Date.UTC(2024, 5, 10))).map(({ time }) => new Date(time).toISOString().slice(0, 10));
    expect(days('date,time,message\n06/03/24,10:00:00,a\n06/04/24,10:00:00,b\n')).to.deep.equal(['2024-06-03', '2024-06-04']);
    expect(days('timestamp,message\n3/6/2024 10:00,a\n4/6/2024 10:00,b\n20/6/2024 10:00,c\n')[0]).to.equal('2024-06-03');
  });

  it('guesses the delimiter from the header', () => {
    for (const sign of [',', ';', '\t', '|']) {
      expect(texts(parseAll('csv', `timestamp${sign}message\n2024-05-01${sign}x\n`))).to.deep.equal(['x']);
    }
  });

  it('puts a time together from the columns that hold its parts', () => {
    const tables = [
      'Date,Time,Content\n081109,203615,x\n',
      'Date,Time,Content\n81109,203615,x\n',
      'Month,Date,Year,Time,Content\nNov,9,2008,20:36:15,x\n',
      'Date,Time,Content\n2008-11-09,"20:36:15,000",x\n',
      'Time,Content\n20081109-20:36:15:0,x\n',
      'Timestamp,Date,Time,Content\n1226262975,2008.11.09,ignored,x\n',
    ];
    for (const table of tables) expect(isoTimes(parseAll('csv', table)), table).to.deep.equal(['2008-11-09T20:36:15.000Z']);
  });

  it('says which mapped column is not there', () => {
    const [refusal] = refusals(parseAll({ csv: { fields: { text: 'what' } } }, 'timestamp,message\n2024-05-01,x\n'));
    expect(refusal!.reason).to.equal('there is no column "what"');
  });

  it('has names for a file without a header', () => {
    const format = { csv: { columns: ['timestamp', 'message'] } };
    expect(texts(parseAll(format, '2024-05-01,x\n2024-05-02,y\n'))).to.deep.equal(['x', 'y']);
  });
});
