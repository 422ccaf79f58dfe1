import { defineOperator, foldedChanges } from '../src/kernel/defineOperator.ts';
import { migrateSpike } from '../src/safeguards/spike/migrateSpike.ts';
import { endAlarms, forgetPoints, readsBlips, spikeChanges } from '../src/safeguards/spike/changes.ts';
import { options, type SpikeOptions } from '../src/safeguards/spike/options.ts';
import { SpikeMachine } from '../src/safeguards/spike/spikeMachine.ts';

/**
 * Finds spikes, up and down, in a series of each key: one series of the events, or one a topic of blips.
 *
 * A finding fires at the onset, and is resolved after `clear_after` calm points; buckets without data are judged as
 * zero, or (`missing: gap`) freeze what is firing. Records of closed buckets are counted and not judged.
 *
 * ```text
 * in     a---a---a---b---a---a---a---|      a = 10, b = 40; capitals are findings
 *        spike({ value: 'metadata.value', bucket: 'none', detector: 'ratio', window: 3 })
 * out    a---a---a---(bF)a---(aR)a---|      F = fires, R = resolved after two calm points
 * ```
 */
export const spike = defineOperator({
  name: 'spike',
  summary: 'Finds spikes, up and down, in counts or in any number.',
  options,
  keyed: true,
  accepts: ['event', 'blip'],
  emits: ['finding'],
  ports: { findings: (signal) => signal.kind === 'finding' },
  changes: { ...spikeChanges, ...foldedChanges },
  convert: (state, { time }) => endAlarms(state, time),
  rewindow: (state, given) => (readsBlips(given as SpikeOptions) ? forgetPoints(state) : state),
  onEvict: 'fold',
  stateVersion: 3,
  migrate: migrateSpike,
  machine: (given) => new SpikeMachine(given),
});
