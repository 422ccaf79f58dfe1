import { expect } from 'chai';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readNabCorpus } from '../../../bench/support/data/nabCorpus.ts';
import { judgeSeries, nabProfiles, nabScore } from '../../../bench/support/nabScore.ts';
import { metronome, runSeries, writeScores } from '../../../bench/support/nabRun.ts';

describe('a folder in the layout of the benchmark', () => {
  let folder = '';
  const labels = { 'b/two.csv': [], 'a/one.csv': [['2014-01-01 00:40:00.000000', '2014-01-01 00:49:00.000000']] };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'caducus-nab-'));
    const minute = (i: number) => `2014-01-01 ${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}:00`;
    const rows = Array.from({ length: 100 }, (_, i) => `${minute(i)},${i / 2}`);
    for (const [sub, name] of [
      ['a', 'one'],
      ['b', 'two'],
    ] as const) {
      mkdirSync(join(folder, 'data', sub), { recursive: true });
      writeFileSync(join(folder, 'data', sub, `${name}.csv`), `timestamp,value\n${rows.join('\n')}\n`);
    }
    mkdirSync(join(folder, 'labels'));
    writeFileSync(join(folder, 'labels', 'combined_windows.json'), JSON.stringify(labels));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('is read with times in UTC and windows as rows', () => {
    const [one, two] = readNabCorpus(folder);
    expect(one).to.include({ name: 'a/one.csv', rows: 100 });
    expect(one!.windows).to.deep.equal([[40, 49]]);
    expect(one!.times[61]).to.equal(Date.parse('2014-01-01T01:01:00Z'));
    expect(one!.values[3]).to.equal(1.5);
    expect(two!.windows).to.deep.equal([]);
  });

  it('is scored the same whether by detections or by the scores that were written', () => {
    const corpus = readNabCorpus(folder);
    const runs = corpus.map((series) => runSeries(series, (_, value) => ({ score: value, fires: value === 21 || value === 40 })));
    const out = join(folder, 'scores');
    corpus.forEach((series, i) => writeScores(out, series, runs[i]!, 2));
    const rewritten = corpus.map(({ name }) => {
      const [head, ...lines] = readFileSync(join(out, name), 'utf8').trimEnd().split('\n');
      expect(head).to.equal('timestamp,value,anomaly_score');
      return lines.flatMap((line, row) => (Number(line.split(',')[2]) >= 2 ? [row] : []));
    });
    expect(rewritten).to.deep.equal(runs.map(({ detections }) => detections));
    const score = nabScore(
      corpus.map((series, i) => judgeSeries(series, rewritten[i]!)),
      nabProfiles.standard,
    );
    expect(score).to.be.within(50, 100);
  });

  it('names the series and the line it cannot read', () => {
    writeFileSync(join(folder, 'data', 'b', 'two.csv'), 'timestamp,value\n2014-01-01 00:00:00,high\n');
    expect(() => readNabCorpus(folder)).to.throw('b/two.csv: cannot read "2014-01-01 00:00:00,high"');
  });

  it('names a window edge that no row has', () => {
    writeFileSync(join(folder, 'data', 'a', 'one.csv'), 'timestamp,value\n2014-01-01 00:00:00,1\n');
    expect(() => readNabCorpus(folder)).to.throw('a/one.csv: no row for the window edge 2014-01-01 00:40:00');
  });
});

describe('metronome', () => {
  it('fires every so many points, each series from the start', () => {
    const start = metronome(3);
    const fires = (judge: ReturnType<typeof start>) => Array.from({ length: 7 }, () => judge(0, 0).fires);
    const expected = [false, false, true, false, false, true, false];
    expect(fires(start())).to.deep.equal(expected);
    expect(fires(start())).to.deep.equal(expected);
  });
});
