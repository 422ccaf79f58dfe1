import type { Signal } from '../src/signal.ts';
import { defineOperator, type Emit, type Machine } from '../src/kernel/defineOperator.ts';
import { RuleEngine } from '../src/findings/rules/ruleEngine.ts';
import { options, readSettings } from '../src/findings/rules/options.ts';

/**
 * Turns what others saw into findings, and applies to all findings what people say about them.
 *
 * A rule names what must hold: of a pattern in a window, of a group that has gone silent, or of a finding of a safeguard.
 * Its finding is pending until it has held for `for`, fires, and is resolved after two clear looks; while the group is
 * silent although it usually is not, nothing is cleared. The same trouble is the same finding. In the warm-up what is
 * new does not fire. A finding about an alert (`metadata.alert`, `metadata.status`) stays open while the alert is on, and
 * ends when its sender says that it is over.
 *
 * Marks change the findings that pass, those of operators before this one too: `acked` by an ack, `silenced_until` in
 * the result while a silence holds, notes beside them. Everything else goes on as it came.
 *
 * ```text
 * in     x----y----z----w---|               a pattern, window by window; x = it is new, and an error
 *        rules([{ name: 'new-error', when: { state: 'new', minLevel: 'error' } }])
 * out    (xF)-y----z----(Rw)|               F = fires, R = resolved after two clear windows
 * ```
 */
export const rules = defineOperator({
  name: 'rules',
  summary: 'Turns patterns, silent groups and findings into findings of your own, and applies acks and silences.',
  options,
  consume: true,
  accepts: ['event', 'blip', 'radar', 'finding', 'mark'],
  emits: ['event', 'blip', 'radar', 'finding', 'mark'],
  ports: { findings: (signal) => signal.kind === 'finding' },
  machine: (given): Machine<RuleEngine, Signal, Signal> => {
    const settings = readSettings(given);
    return {
      start: () => new RuleEngine(settings),
      step(engine, signal, emit: Emit<Signal>) {
        if (signal.kind !== 'finding' && signal.kind !== 'radar') emit(signal);
        engine.take(signal, emit);
        if (signal.kind === 'radar') emit(signal);
      },
      due: (engine) => engine.due(),
      tick: (engine, time, emit) => engine.tick(time, emit),
      end: (engine, emit) => engine.end(emit),
      save: (engine) => engine.save(),
      load: (json) => RuleEngine.load(json, settings),
    };
  },
});
