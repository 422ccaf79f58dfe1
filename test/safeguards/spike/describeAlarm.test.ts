import { expect } from 'chai';
import { describeAlarm } from '../../../src/safeguards/spike/describeAlarm.ts';
import { options } from '../../../src/safeguards/spike/options.ts';
import { startSeries, type Point, type Series } from '../../../src/safeguards/spike/series.ts';
import { partly } from '../../support/typed.ts';

const point = (value: number, start: number): Point =>
  partly<Point>({ value, start, end: start + 10, result: { score: value / 10, baseline: 1, threshold: 2, direction: 'up', fires: true } });
const series = (given: Parameters<typeof startSeries>[0]): Series => ({
  ...startSeries(given, null),
  trend: [1, 2],
  alarm: { id: 'a1', since: 0, peak: point(90, 10), clear: 1 },
});
const told = (given: Parameters<typeof startSeries>[0], more: object = {}) =>
  describeAlarm('g', series(given), 'firing', point(50, 20), options.parse(more));

describe('what is emitted of an alarm', () => {
  it('has the point, what is usual, the peak and how it ends', () => {
    const { finding, time, key } = told({ series: '', label: 'events' });
    expect([time, key]).to.deep.equal([30, 'g']);
    expect(finding).to.include({ id: 'a1', state: 'firing', title: 'events', severity: 'warning' });
    expect(finding.result).to.deep.include({
      of: 'count',
      value: 50,
      usual: 1,
      duration_ms: 30,
      peak: { value: 90, score: 9, start: '1970-01-01T00:00:00.010Z' },
      clear_windows: 1,
      trend: [1, 2],
      trend_cell_ms: 10,
    });
  });

  it('is of a topic where the series is a pattern, and of its template', () => {
    expect(told({ series: 't1', topic: 'k1', label: 'x' }, { value: 'blip.count' }).finding).to.include({
      topic_id: 'k1',
      template_id: 't1',
    });
    expect(told({ series: 't1', label: 'x' }).finding).to.include({ topic_id: 't1' });
    expect(told({ series: '', label: 'x' }).finding).to.not.have.any.keys('topic_id', 'template_id');
  });
});
