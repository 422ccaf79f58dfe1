import { expect } from 'chai';
import { addValue, startSketch } from '../../../src/memory/series/sketch.ts';
import { foldSeries, startSeries, type Shift, type SlotSeries } from '../../../src/memory/series/slotSeries.ts';

/** Folds windows of some values around one; a saw of a fifth makes them change. */
function play(series: SlotSeries, centers: readonly number[], values = 10, rises = 0.5): (Shift | null)[] {
  return centers.map((center) => {
    const sketch = startSketch();
    for (let i = 0; i < values; i += 1) addValue(sketch, center * (0.9 + (0.2 * i) / values), series.kind);
    return foldSeries(series, { sketch, changes: values, rises: values * rises }, 0.99);
  });
}
const calm = (windows: number, at = 100) => Array<number>(windows).fill(at);

describe('the series of a slot', () => {
  it('shifts in the second window in a row that is off, once eight are known', () => {
    const series = startSeries('decimal');
    expect(play(series, calm(20)).filter(Boolean)).to.deep.equal([]);
    const [first, second] = play(series, [1000, 1000]);
    expect([first, second?.quantile]).to.deep.equal([null, 'p50']);
    expect(second!.factor).to.be.closeTo(10, 1);
    expect(second!.trend.at(-1)).to.be.above(5 * second!.trend[0]!);
    expect(play(startSeries('decimal'), [...calm(6), 1000, 1000]).filter(Boolean)).to.deep.equal([]);
  });

  it('does not shift by less than half as much again, nor for one window', () => {
    const series = startSeries('decimal');
    play(series, calm(20));
    expect(play(series, [130, 130, 130]).filter(Boolean)).to.deep.equal([]);
    expect(play(series, [1000, 100, 1000, 100]).filter(Boolean)).to.deep.equal([]);
  });

  it('waits for five values', () => {
    const series = startSeries('decimal');
    play(series, calm(4), 1);
    expect([series.waiting.count, series.waited, series.trend[0].length]).to.deep.equal([4, 4, 0]);
    play(series, calm(1), 1);
    expect([series.waiting.count, series.trend[0].length]).to.deep.equal([0, 1]);
  });

  it('never shifts where numbers only count up, or hardly ever change', () => {
    const counter = startSeries('integer');
    play(counter, calm(20), 10, 1);
    expect(play(counter, [1000, 1000], 10, 1).filter(Boolean)).to.deep.equal([]);
    const name = startSeries('integer');
    const fixed = (at: number) => {
      const sketch = startSketch();
      for (let i = 0; i < 20; i += 1) addValue(sketch, at, 'integer');
      return foldSeries(name, { sketch, changes: 0, rises: 0 }, 0.99);
    };
    for (let i = 0; i < 20; i += 1) fixed(8080);
    expect([fixed(9090), fixed(90_900)]).to.deep.equal([null, null]);
  });

  it('takes what lasted three times as long as all before it for how it is', () => {
    const series = startSeries('decimal');
    play(series, calm(10));
    const shifts = play(series, calm(60, 1000));
    expect(shifts[1]).to.not.equal(null);
    expect(shifts.at(-1)).to.equal(null);
    expect(play(series, calm(3, 1000)).filter(Boolean)).to.deep.equal([]);
  });

  it('knows a shift again that came and went twice, as far', () => {
    const series = startSeries('decimal');
    play(series, calm(20));
    for (let night = 0; night < 2; night += 1) {
      expect(play(series, calm(3, 1000)).at(-1)!.familiar).to.equal(false);
      play(series, calm(10));
    }
    expect(series.past.up).to.include({ times: 2, windows: 3 });
    expect(play(series, calm(3, 1000)).at(-1)!.familiar).to.equal(true);
    play(series, calm(10));
    expect(play(series, calm(3, 100_000)).at(-1)!.familiar).to.equal(false);
  });
});
