import { spike } from '../../operators/spike.ts';
import type { Flow } from '../../src/kernel/defineOperator.ts';
import type { EventSignal, FindingSignal } from '../../src/signal.ts';
import type { Judge } from './nabRun.ts';

/**
 * The spike operator with its defaults, each record judged by itself: what a pipeline file gets from
 * `- spike: { value: metadata.value, bucket: none }`. It fires where a finding says so; other points have score 0,
 * because the operator says nothing about them.
 */
export function spikeOperator(detector: 'adaptive' | 'ratio'): () => Judge {
  const machine = spike.spec.machine(spike.spec.options.parse({ value: 'metadata.value', bucket: 'none', detector }));
  return () => {
    const state = machine.start('series');
    let firing: FindingSignal | null = null;
    const emit = (signal: Flow): void => {
      if (isFinding(signal) && signal.finding.state === 'firing') firing = signal;
    };
    return (time, value) => {
      firing = null;
      machine.step(state, makeEvent(time, value), emit);
      return { score: readScore(firing), fires: firing !== null };
    };
  };
}

function isFinding(signal: Flow): signal is FindingSignal {
  return signal.kind === 'finding';
}

const readScore = (firing: FindingSignal | null): number => (firing?.finding.type === 'spike' ? firing.finding.result.score : 0);

/** A record as the operator reads it: the time of the signal and one number; the rest is not looked at. */
function makeEvent(time: number, value: number): EventSignal {
  const event = { id: '', timestamp: '', source: 'series', group_id: 'series', text: '', metadata: { value } };
  return { kind: 'event', time, key: 'series', event };
}
