import { expect } from 'chai';
import { compileReader, isCount } from '../../../src/safeguards/spike/reading.ts';
import type { EventSignal } from '../../../src/signal.ts';
import { eventSignal } from '../../../src/testing.ts';
import { blipSignal } from '../../support/blips.ts';

const event = (value: unknown, time = 25): EventSignal => {
  const signal = eventSignal('x', time);
  return { ...signal, event: { ...signal.event, metadata: { value: value as never } } };
};

describe('what a signal says to the detector', () => {
  it('is one event in its bucket', () => {
    expect(compileReader(undefined, 10)(event(7))).to.deep.equal({ series: '', label: 'events', value: 1, start: 20, end: 30 });
    expect(compileReader(undefined, null)(event(7))).to.include({ start: 25, end: 25 });
    expect(compileReader(undefined, 10)(event(7, -5))).to.include({ start: -10 });
    expect(compileReader(undefined, 10)(blipSignal('t', 300_000))).to.equal(null);
  });

  it('is a number of a field, or text that is one', () => {
    const read = compileReader('metadata.value', 10);
    expect(
      [7, '7.5', null, '', undefined, 'much', true, {}].map((value) => {
        const found = read(event(value));
        return found === null || typeof found === 'string' ? found : found.value;
      }),
    ).to.deep.equal([7, 7.5, null, null, null, 'not a number', 'not a number', 'not a number']);
  });

  it('is a field of a closed blip of a pattern, whose window is its bucket', () => {
    const read = compileReader('blip.count', null);
    expect(read(blipSignal('t', 600_000, { topic_id: 'k' }))).to.deep.equal({
      series: 't',
      topic: 'k',
      label: 'label t',
      value: 10,
      start: 300_000,
      end: 600_000,
    });
    expect(read(blipSignal('t', 600_000, { open: true }))).to.equal(null);
    expect(read(blipSignal('t', 600_000, { volume: 0.5 }))).to.equal(null);
    expect(compileReader('blip.label', null)(blipSignal('t', 600_000))).to.equal('not a number');
    expect(compileReader('blip.nothing', null)(blipSignal('t', 600_000))).to.equal(null);
    expect(read(event(1))).to.equal(null);
  });

  it('is a count, or another number', () =>
    expect(['blip.count', undefined, 'blip.score', 'metadata.value'].map(isCount)).to.deep.equal([true, true, false, false]));
});
