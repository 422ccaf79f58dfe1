import { expect } from 'chai';
import { options } from '../../../src/safeguards/spike/options.ts';
import { SpikeMachine } from '../../../src/safeguards/spike/spikeMachine.ts';
import type { BlipSignal, EventSignal, FindingSignal } from '../../../src/signal.ts';
import { eventSignal } from '../../../src/testing.ts';
import { blipSignal, width } from '../../support/blips.ts';

function played(given: object = {}) {
  const machine = new SpikeMachine(options.parse({ bucket: 10, detector: 'ratio', window: 3, quiet: 0, ...given }));
  const state = machine.start('g');
  const told: string[] = [];
  const emit = ({ finding }: FindingSignal) => told.push(`${finding.state} ${finding.since.slice(17, 23)}`);
  const hear = (...signals: (EventSignal | BlipSignal)[]) => signals.forEach((signal) => machine.step(state, signal, emit));
  return { machine, state, told, hear, emit };
}
const at = (time: number) => eventSignal('x', time);

describe('the series of a key', () => {
  it('are judged when a later bucket begins, empty ones being zero', () => {
    const { hear, told, state } = played();
    hear(at(0), at(10), at(20), ...Array.from({ length: 9 }, () => at(30)));
    expect(told).to.deep.equal([]);
    hear(at(60));
    expect(told[0]).to.equal('firing 00.030');
    expect([...state.series.values()][0]!.trend).to.deep.equal([1, 1, 1, 9, 0, 0]);
  });

  it('count what comes for a bucket that is closed, and what is no number', () => {
    const { hear, state } = played({ value: 'metadata.value' });
    hear({ ...at(0), event: { ...at(0).event, metadata: { value: 'much' } } });
    hear(
      { ...at(20), event: { ...at(20).event, metadata: { value: 1 } } },
      { ...at(5), event: { ...at(5).event, metadata: { value: 1 } } },
    );
    expect(state).to.include({ late: 1, unusable: 1 });
  });

  it('of patterns are one each, and one kept by topic goes on as that of its first template', () => {
    const { hear, state } = played({ value: 'blip.count' });
    hear(blipSignal('k', width, { topic_id: 'k' }), blipSignal('t', 2 * width, { topic_id: 'k' }));
    expect([...state.series.keys()]).to.deep.equal(['t']);
    hear(blipSignal('u', 3 * width, { topic_id: 'k' }));
    expect([...state.series.keys()]).to.deep.equal(['t', 'u']);
  });

  it('make room by the one silent longest, and hold fewer bytes then', () => {
    const { hear, state } = played({ value: 'blip.count', maxSeries: 2 });
    hear(blipSignal('a', width), blipSignal('b', 2 * width));
    const { bytes } = state;
    hear(blipSignal('c', 3 * width));
    expect([[...state.series.keys()].includes('a'), state.series.size]).to.deep.equal([false, 2]);
    expect(state.bytes).to.be.at.most(bytes * 1.5);
  });

  it('are the same after a save and load, and go on alike', () => {
    const { hear, machine, state, emit } = played();
    hear(at(0), at(10), at(20), at(25));
    const loaded = machine.load(JSON.parse(JSON.stringify(machine.save(state))));
    expect(machine.save(loaded)).to.deep.equal(machine.save(state));
    for (const one of [state, loaded]) machine.step(one, at(60), emit);
    expect(machine.save(loaded)).to.deep.equal(machine.save(state));
  });
});
