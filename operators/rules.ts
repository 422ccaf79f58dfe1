import type { z } from 'zod';
import type { Signal } from '../src/signal.ts';
import { defineOperator, type Emit, type Machine } from '../src/kernel/defineOperator.ts';
import { RuleEngine } from '../src/findings/rules/ruleEngine.ts';
import { migrateRules } from '../src/findings/rules/migrateRules.ts';
import { convertRules, joinRules, rewindowRules } from '../src/findings/rules/convertRules.ts';
import { options, readSettings } from '../src/findings/rules/options.ts';

/**
 * Turns what others saw into findings, and applies to all findings what people say about them.
 *
 * A rule names what must hold: of a pattern in a window, of a group that has gone silent, or of a finding of a safeguard.
 * Its finding is pending until it has held for `for`, and then fires. It is about the thing, not about the rule: whichever
 * rule speaks, one pattern has one finding, whose severity only rises. It lasts as long as the thing: until two windows in
 * a row have counts below where it began, or none, however used to it the memory has become; while the group is silent
 * although it usually is not, nothing is cleared. In the warm-up what is new does not fire; an error that still goes on
 * when it ends does, as already on. A finding about an alert (`metadata.alert`, `metadata.status`) stays open while the
 * alert is on, and ends when its sender says that it is over.
 *
 * While a change of a group settles (a new version, a mark, a rollout), what is new, back or gone in it at WARN and below is
 * marked as `settling`: it is shown, not sent, and counted in one line when it has settled.
 *
 * Marks change the findings that pass, those of operators before this one too: `acked` by an ack, `silenced_until` in
 * the result while a silence holds, notes beside them. Everything else goes on as it came.
 *
 * ```text
 * in     x----y----z----w----v---|          windows; x = a new error, y = it goes on, z, w, v = others only
 *        rules([{ name: 'new-error', when: { state: 'new', minLevel: 'error' } }])
 * out    (xF)-(yF)-z----w----(Rv)|          F = firing, R = resolved after two windows without it
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
  changes: {
    rules: 'shape',
    falseAlarms: 'threshold',
    clearAfter: 'threshold',
    settle: 'threshold',
    repeatInterval: 'threshold',
    maxFindings: 'view',
    maxGroups: 'view',
  },
  convert: convertRules,
  rewindow: rewindowRules,
  join: (given, time) => joinRules(readSettings(given as z.output<typeof options>), time),
  stateVersion: 2,
  migrate: migrateRules,
  machine: (written): Machine<RuleEngine, Signal, Signal> => {
    const settings = readSettings(written);
    return {
      start: () => new RuleEngine(settings),
      step(engine, given, emit: Emit<Signal>) {
        const signal = engine.prepare(given);
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
