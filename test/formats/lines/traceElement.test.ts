import { expect } from 'chai';
import { traceRecord } from '../../../src/formats/lines/traceElement.ts';
import { drafts, parseAll } from '../parse.ts';

const line = (text: string, time: string, type: number) =>
  `<![LOG[${text}]LOG]!><time="${time}" date="06-03-2024" component="Agent" context="" type="${type}" thread="7" file="a.cpp:1">`;

describe('a record of CMTrace', () => {
  it('has its day and time in two attributes, and the minutes that lead to UTC', () => {
    expect(traceRecord(line('a', '10:00:00.123-120', 1))!.timestamp).to.equal('2024-06-03T10:00:00.123+02:00');
    expect(traceRecord(line('a', '9:00:00+330', 1))!.timestamp).to.equal('2024-06-03T09:00:00.000-05:30');
    expect(traceRecord(line('a', '10:00:00.1234567', 1))!.timestamp).to.equal('2024-06-03T10:00:00.1234567');
  });

  it('is none without them, or without its end', () => {
    expect(traceRecord('<![LOG[a]LOG]!><component="x">')).to.equal(null);
    expect(traceRecord('<![LOG[a')).to.equal(null);
  });

  it('goes over several lines, and ends in front of another when its own end is missing', () => {
    const text = `${line('a\nb', '10:00:00.000-0', 3)}\n<![LOG[cut\n${line('c', '10:00:01.000-0', 2)}\n`;
    for (const cuts of [[], [5]]) {
      expect(
        drafts(parseAll('auto', text, cuts)).map(({ time, text: said, logicalId, metadata }) => [
          new Date(time).toISOString().slice(11, 19),
          said,
          logicalId ?? null,
          metadata.level ?? null,
        ]),
      ).to.deep.equal([
        ['10:00:00', 'a\nb', 'Agent', 'ERROR'],
        ['10:00:00', '<![LOG[cut', null, null],
        ['10:00:01', 'c', 'Agent', 'WARN'],
      ]);
    }
  });
});
