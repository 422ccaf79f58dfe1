import { expect } from 'chai';
import { drafts, parseAll } from '../parse.ts';

const reference = Date.UTC(2024, 5, 10);
const read = (text: string, cuts: number[] = []) =>
  drafts(parseAll('auto', text, cuts, reference)).map(({ line, time, text: said, metadata }) => [
    line,
    new Date(time).toISOString().slice(0, 19),
    metadata.level ?? null,
    said,
  ]);

const event = (at: string, level: string, message: string) =>
  `<log:event time="2024-06-03T${at}Z" level="${level}">\n<log:message><![CDATA[${message}]]></log:message>\n</log:event>\n`;

describe('elements of XML over several lines', () => {
  it('are records behind the separator of records, too', () => {
    expect(read(`\u001e${event('10:00:00', 'ERROR', 'lost')}\u001e${event('10:00:01', 'INFO', 'found')}`)).to.deep.equal([
      [1, '2024-06-03T10:00:00', 'ERROR', 'lost'],
      [4, '2024-06-03T10:00:01', 'INFO', 'found'],
    ]);
  });

  it('are records, whatever stands between them', () => {
    const text = `${event('10:00:00', 'ERROR', 'lost\n  at x')}\n${event('10:00:01', 'INFO', 'found')}plain\n`;
    for (const cuts of [[], [1], [7, 40]]) {
      expect(read(text, cuts)).to.deep.equal([
        [1, '2024-06-03T10:00:00', 'ERROR', 'lost\n  at x'],
        [6, '2024-06-03T10:00:01', 'INFO', 'found'],
        [9, '2024-06-03T10:00:01', null, 'plain'],
      ]);
    }
  });

  it('are found within one around them all, on one line or indented', () =>
    expect(
      read(
        '<log>\n<record>\n  <date>2024-06-03T10:00:00</date>\n  <level>SEVERE</level>\n  <message>lost</message>\n</record>\n<record><date>2024-06-03T10:00:01</date><message>b</message></record>\n</log>\n',
      ).filter(([, , , text]) => !String(text).includes('<')),
    ).to.deep.equal([
      [2, '2024-06-03T10:00:00', 'SEVERE', 'lost'],
      [7, '2024-06-03T10:00:01', null, 'b'],
    ]));

  it('tell the level of Windows by its number', () =>
    expect(
      read(
        '<Event>\n  <System>\n    <EventID>7031</EventID>\n    <Level>2</Level>\n    <TimeCreated SystemTime="2024-06-03T10:00:00.1Z"/>\n  </System>\n</Event>\n',
      ),
    ).to.deep.equal([[1, '2024-06-03T10:00:00', 'ERROR', 'EventID=7031 level=ERROR']]));

  it('that say no time stay lines, and the body of the stamped record before them', () => {
    expect(read('<b>\n  <i>x</i>\n</b>\n').map(([line]) => line)).to.deep.equal([1, 3]);
    expect(read('2024-06-03T10:00:00Z ERROR bad answer\n<html>\n<p t="2024">x</p>\n</html>\n')).to.deep.equal([
      [1, '2024-06-03T10:00:00', 'ERROR', 'bad answer\n<html>\n<p t="2024">x</p>\n</html>'],
    ]);
  });

  it('that never end are lines', () => expect(read('<a time="2024-06-03T10:00:00Z">\nx\ny\n')).to.have.lengthOf(3));
});

describe('names behind levels', () => {
  const groups = (lines: string[]) =>
    drafts(parseAll('auto', lines.map((line, i) => `2024-06-03T10:00:0${i}.000Z INFO ${line}\n`).join(''), [], reference)).map(
      ({ logicalId }) => logicalId ?? null,
    );

  it('are parts of the program where nearly every line has one of a few', () =>
    expect(groups(['core: up', 'sync: begins', 'core: slow', 'sync: ends', 'core: down'])).to.deep.equal([
      'core',
      'sync',
      'core',
      'sync',
      'core',
    ]));

  it('are what is said where there are many, or only one', () => {
    expect(groups(['received: 5', 'sent: 6', 'closed: 7', 'opened: 8'])).to.deep.equal([null, null, null, null]);
    expect(groups(['received: 5', 'received: 6', 'received: 7', 'received: 8'])).to.deep.equal([null, null, null, null]);
    expect(groups(['core: up', 'core: slow', 'sync: x'])).to.deep.equal([null, null, null]);
  });
});
