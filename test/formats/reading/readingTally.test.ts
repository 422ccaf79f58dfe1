import { expect } from 'chai';
import type { FormatOption } from '../../../src/formats/index.ts';
import { firstLine, readSamples } from '../../../src/formats/reading/readSamples.ts';
import { ReadingTally, type Reading } from '../../../src/formats/reading/readingTally.ts';

const stamps = { timeZone: 'UTC', dayFirst: false };

/** How a text is read, to its end. */
function read(text: string, format: FormatOption = 'auto'): Reading {
  const head = Buffer.from(text);
  const tally = new ReadingTally(stamps);
  tally.header(firstLine(head));
  for (const items of readSamples({ head, whole: true, later: [] }, format, { reference: Date.UTC(2026, 2, 14) })) tally.add(items);
  return tally.reading();
}
const mainPaths = ({ by }: Reading) => [by.time, by.level, by.group, by.text].map(([first]) => first?.[0] ?? null);

describe('how an input was read', () => {
  it('names the fields of JSON lines', () => {
    const reading = read(
      '{"level":30,"ts":1773446400123,"service":"orders","msg":"request completed"}\n{"level":50,"ts":1773446401123,"service":"auth","msg":"token refused"}\n',
    );
    expect(mainPaths(reading)).to.deep.equal(['ts', 'level', 'service', 'msg']);
    expect(reading.kinds).to.deep.equal([['JSON lines', 2]]);
    expect([reading.first, reading.last]).to.deep.equal([1773446400123, 1773446401123]);
    expect(reading.scale.map(([name]) => name.split(' ')[0])).to.deep.equal(['30', '50']);
    expect(reading.groups).to.deep.equal([
      ['auth', 1],
      ['orders', 1],
    ]);
  });

  it('prefers the usual name where two fields hold the same', () => {
    const reading = read('{"created":"2026-03-14T03:00:00Z","time":"2026-03-14T03:00:00Z","msg":"same","copy":"same"}\n');
    expect(mainPaths(reading)).to.deep.equal(['time', null, null, 'msg']);
  });

  it('says of text that its parts stand in front of the message', () => {
    const reading = read('2026-03-14T03:00:00.000Z INFO DataNode: Served blk_1\n2026-03-14T03:00:01.000Z ERROR DataNode: Disk failure\n');
    expect(mainPaths(reading)).to.deep.equal(['', '', '', '']);
    expect(reading.levels).to.deep.equal([
      ['ERROR', 1],
      ['INFO', 1],
    ]);
  });

  it('names the columns of a table', () => {
    const reading = read('time,level,component,message\n2026-03-14 03:00:00,ERROR,billing,"Import failed, see below"\n');
    expect(mainPaths(reading)).to.deep.equal(['time', 'level', 'component', 'message']);
    expect(reading.kinds[0]![0]).to.equal('CSV');
  });

  it('counts what has no time of its own', () => {
    const reading = read('Listening on 8080\n2026-03-14T03:00:00Z INFO started\n2026-03-14T03:00:05Z INFO done\n');
    expect([reading.records, reading.untimed]).to.deep.equal([3, 1]);
    expect(reading.first).to.equal(Date.UTC(2026, 2, 14, 3));
  });

  it('has no first and last time where nothing has one', () => {
    const reading = read('one\ntwo\n');
    expect([reading.untimed, reading.first, reading.last]).to.deep.equal([2, null, null]);
  });

  it('counts joined records with all their lines', () => {
    const reading = read(
      '2026-03-14T03:00:00Z ERROR it broke\n    at one (a.js:1:1)\n    at two (b.js:2:2)\n2026-03-14T03:00:01Z INFO on\n',
    );
    expect(reading.joined).to.deep.equal({ records: 1, lines: 3 });
    expect(reading.examples.find(({ joined }) => joined > 0)).to.include({ line: 1, joined: 2, level: 'ERROR' });
  });

  it('counts what was refused', () => {
    expect(read('{"ts":"2026-03-14T03:00:00Z","msg":"a"}\n{"ts":"2026-03-14T03:00:01Z","msg":\n', 'ndjson').refused).to.equal(1);
  });
});

describe('samples', () => {
  const lines = Array.from({ length: 40 }, (_, i) => `${new Date(Date.UTC(2026, 2, 14, 3, i)).toISOString()},INFO,c${i % 3},line ${i}`);
  const text = `time,level,component,message\n${lines.join('\n')}\n`;
  const whole = Buffer.from(text);

  it('from further on are read by the header of the beginning, without the lines that are cut', () => {
    const at = text.indexOf(',INFO,c1,line 37') - 4;
    const later = [{ offset: at, bytes: whole.subarray(at) }];
    const items = [...readSamples({ head: whole.subarray(0, 300), whole: false, later }, 'auto', {})].flat();
    const texts = items.flatMap((item) => (item.kind === 'draft' ? [item.text] : ['refused']));
    expect(texts.slice(-2)).to.deep.equal(['line 38', 'line 39']);
    expect(texts).not.to.include('refused');
    expect(items.at(-1)).to.include({ time: Date.UTC(2026, 2, 14, 3, 39) });
  });
});
