import { expect } from 'chai';
import { incidentEnd, incidentLog, incidentStart, quietLog, quietStart } from '../../../src/cli/demo/demoLog.ts';

const line = /^(\S+) (INFO|WARN|ERROR) DataNode: (.+)$/;
const read = (log: string) =>
  log
    .trimEnd()
    .split('\n')
    .map((text) => {
      const [, time = '', level = '', words = ''] = line.exec(text) ?? [];
      return { time: Date.parse(time), level, words };
    });

describe('the log of the demo', () => {
  const [quiet, incident] = [read(quietLog()), read(incidentLog())];

  it('is the same each time', () => {
    expect([quietLog(), incidentLog()]).to.deep.equal([quietLog(), incidentLog()]);
  });

  it('has lines in order of time, within its hour and its quarter of an hour', () => {
    for (const [lines, from, to] of [
      [quiet, quietStart, incidentStart],
      [incident, incidentStart, incidentEnd],
    ] as const) {
      const times = lines.map(({ time }) => time);
      expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
      expect(times[0]).to.be.at.least(from);
      expect(times.at(-1)).to.be.below(to);
    }
  });

  it('is calm for the hour, with the pace of every line', () => {
    expect(new Set(quiet.map(({ level }) => level))).to.deep.equal(new Set(['INFO']));
    const beats = quiet.filter(({ words }) => words.startsWith('Heartbeat')).map(({ time }) => time);
    expect(beats.length).to.be.closeTo(240, 1);
    const gaps = beats.slice(1).map((time, i) => time - beats[i]!);
    expect(Math.min(...gaps)).to.be.above(13_000);
    expect(Math.max(...gaps)).to.be.below(17_000);
  });

  it('has its trouble in order: slow writes, the disk, then what goes to it; and what stops', () => {
    const first = (words: string) => incident.find((one) => one.words.startsWith(words))!.time - incidentStart;
    expect(first('Slow write')).to.be.within(332_000, 335_000);
    expect(first('Disk failure')).to.be.within(432_000, 437_000);
    expect(first('writeBlock')).to.be.within(461_000, 463_000);
    const checks = incident.filter(({ words }) => words.startsWith('Verification')).map(({ time }) => time - incidentStart);
    expect(Math.max(...checks)).to.be.below(300_000);
  });
});
