import { expect } from 'chai';
import type { Json } from '../../../src/event.ts';
import { endAlarms, forgetPoints, readsBlips, spikeChanges } from '../../../src/safeguards/spike/changes.ts';
import { options } from '../../../src/safeguards/spike/options.ts';

const state = {
  key: 'g',
  open: { start: 0, end: 10 },
  series: [
    { id: 'calm', alarm: null, detector: [1], trend: [1], counts: 2, empty: 3, pending: 4 },
    { id: 'loud', alarm: { id: 'x' }, detector: [1], trend: [1], counts: 2, empty: 3, pending: 4 },
  ],
} as unknown as Json;

describe('options of spike that change', () => {
  it('end what is firing where the series are others', () => {
    expect(endAlarms(state, 7)).to.deep.equal({
      key: 'g',
      open: null,
      series: [],
      ending: { at: 7, series: [{ id: 'loud', alarm: { id: 'x' }, detector: null, trend: [1], counts: 2, empty: 3, pending: 4 }] },
    });
    expect(endAlarms({ ...(state as object), series: [] } as Json, null)).to.deep.equal({ key: 'g', open: null, series: [] });
  });

  it('end what was about to be ended as well', () => {
    const twice = endAlarms(
      { ...(endAlarms(state, 7) as object), series: (state as never as { series: Json }).series } as Json,
      9,
    ) as never as {
      ending: { at: number; series: Json[] };
    };
    expect([twice.ending.at, twice.ending.series.length]).to.deep.equal([9, 2]);
  });

  it('learn points anew behind windows of another length, and keep the alarm', () => {
    const { series } = forgetPoints(state) as never as { series: unknown[] };
    expect(series[1]).to.deep.equal({ id: 'loud', alarm: { id: 'x' }, detector: null, trend: [], empty: 0, pending: null });
  });

  it('are all classed, and tell patterns from events', () => {
    expect(
      Object.keys(options.parse({})).filter((name) => !(name in spikeChanges) && !['maxGroups', 'maxBytes'].includes(name)),
    ).to.deep.equal([]);
    expect([readsBlips(options.parse({ value: 'blip.count' })), readsBlips(options.parse({}))]).to.deep.equal([true, false]);
  });
});
