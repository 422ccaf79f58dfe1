import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import { add, loadSeries, remember, saveSeries, startSeries, take } from '../../../src/safeguards/spike/series.ts';

const series = () => startSeries({ series: 's', label: 'l' }, { n: 1 });

describe('one series', () => {
  it('gives what came in its bucket, by sum, mean, largest or last, and is empty then', () => {
    for (const [aggregate, value] of [
      ['sum', 6],
      ['mean', 2],
      ['max', 3],
      ['last', 1],
    ] as const) {
      const one = series();
      for (const each of [2, 3, 1]) add(one, each);
      expect([take(one, aggregate), take(one, aggregate)]).to.deep.equal([value, null]);
    }
  });

  it('remembers its last twelve values', () => {
    const one = series();
    for (let i = 0; i < 20; i += 1) remember(one, i);
    expect(one.trend).to.deep.equal([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  it('is the same after a save and load, its detector by its own', () => {
    const one = series();
    add(one, 2);
    const saved = saveSeries(one, (detector) => ({ saved: (detector as { n: number }).n }));
    expect((saved as { detector: Json }).detector).to.deep.equal({ saved: 1 });
    expect(loadSeries(JSON.parse(JSON.stringify(saved)) as Json, (json) => ({ n: (json as { saved: number }).saved }))).to.deep.equal(one);
  });

  it('has a topic only where it is another than itself', () => {
    expect(series()).to.not.have.property('topic');
    expect(startSeries({ series: 's', topic: 't', label: 'l' }, null).topic).to.equal('t');
  });
});
