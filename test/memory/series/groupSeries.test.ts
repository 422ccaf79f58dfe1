import { expect } from 'chai';
import { GroupSeries, takeNumbers } from '../../../src/memory/series/groupSeries.ts';
import { foundTemplate, scanned } from '../../support/memory/templates.ts';

const watched = (text: string, count = 16) => foundTemplate(text, count);

describe('the numbers of a group', () => {
  it('are watched from the sixteenth line of a template on', () => {
    const series = new GroupSeries(288);
    expect(series.find(watched('took 12 ms', 15), 0)).to.equal(null);
    const template = watched('took 12 ms');
    const found = series.find(template, 0);
    expect(found).to.not.equal(null);
    expect(series.find(template, 1)).to.equal(found);
  });

  it('begin anew where the shape of the template has become another', () => {
    const series = new GroupSeries(288);
    const template = watched('took 12 ms of 7');
    const before = series.find(template, 0);
    const { version } = series;
    template.kinds = template.kinds.slice(1);
    expect(series.find(template, 0)).to.not.equal(before);
    expect(series.version).to.equal(version + 1);
  });

  it('are those of 256 templates: the longest unseen makes room', () => {
    const series = new GroupSeries(288);
    const templates = Array.from({ length: 257 }, (_, i) => watched(`job ${'abcdefghij'.repeat(30).slice(0, i + 1)} took 12 ms`));
    templates.forEach((template, i) => series.find(template, i));
    const ids = series.save().map(([id]) => id);
    expect([ids.length, ids.includes(templates[0]!.id), ids.includes(templates[256]!.id)]).to.deep.equal([256, false, true]);
  });

  it('are told by template once they have shifted, and only of the window that was closed last', () => {
    const series = new GroupSeries(288);
    const template = watched('took 12 ms');
    const play = (window: number, value: number) => {
      for (let i = 0; i < 10; i += 1) {
        const found = series.find(template, window)!;
        takeNumbers(found, window, { template, scan: scanned(`took ${value + (i % 3)} ms`), align: null }, {});
      }
      series.close(window);
      return series.findShifts(template.id);
    };
    for (let window = 0; window < 30; window += 1) expect(play(window, 10)).to.deep.equal([]);
    play(30, 500);
    const [shift] = play(31, 500);
    expect(shift).to.include({ quantile: 'p50', slot: 1, several: false, kind: 'duration' });
    expect(shift!.factor).to.be.above(10);
    expect(series.findShifts('other')).to.deep.equal([]);
    series.close(32);
    expect(series.findShifts(template.id)).to.deep.equal([]);
  });

  it('include amounts beside the line, looked for less often where there are none', () => {
    const series = new GroupSeries(288);
    const template = watched('done');
    const found = series.find(template, 0)!;
    const take = (metadata: object) => takeNumbers(found, 0, { template, scan: scanned('done'), align: null }, metadata as never);
    take({ duration_ms: 12, pid: 7, host: 'web1' });
    expect(found.series.size).to.equal(1);
    for (let i = 0; i < 64; i += 1) take({});
    expect(found.series.bare).to.equal(64);
    take({});
    take({ duration_ms: 12 });
    expect(found.series.bare).to.equal(66);
  });

  it('are the same after a save and load, and none for a state without them', () => {
    const series = new GroupSeries(288);
    const template = watched('took 12 ms');
    takeNumbers(series.find(template, 3)!, 3, { template, scan: scanned('took 9 ms'), align: null }, {});
    const saved = JSON.parse(JSON.stringify(series.save())) as ReturnType<GroupSeries['save']>;
    const loaded = new GroupSeries(288);
    loaded.load(saved);
    expect(loaded.save()).to.deep.equal(saved);
    loaded.load(undefined);
    expect(loaded.save()).to.deep.equal([]);
  });
});
