// An operator of your own: a pure machine over plain data. The kernel makes it an RxJS operator, keeps its state in
// checkpoints, and a pipeline file can name it: `- slowest: { every: 1m }`, with --require of this module.
import { defineOperator, duration, type EventSignal, type Flow, type Machine } from 'caducus';
import { z } from 'zod';

/** A kind of signal of its own: sinks can select it, `ofKind` and tests know it by name. */
export interface Slowest extends Flow {
  kind: 'slowest';
  text: string;
  ms: number;
}

interface State {
  end: number | null;
  text: string;
  ms: number;
}

const empty: State = { end: null, text: '', ms: -1 };

/**
 * Names the slowest request of each window.
 *
 * ```text
 * in     a--b--c--|          a took 5 ms, b 9, c 7
 *        slowest({ every: 7 })
 * out    a--b--c--(S|)       S = b, and since no c is slower, at the end of the input
 * ```
 */
export const slowest = defineOperator({
  name: 'slowest',
  summary: 'Names the slowest request of each window.',
  options: z.strictObject({ every: duration.prefault('1m').describe('Length of a window.') }),
  changes: { every: 'shape' },
  accepts: ['event'],
  emits: ['slowest'],
  machine: ({ every }): Machine<State, EventSignal, Slowest> => ({
    start: () => ({ ...empty }),
    step(state, { time, event }) {
      const ms = Number(/took (\d+) ms/.exec(event.text)?.[1] ?? -1);
      if (ms <= state.ms) return;
      state.end ??= Math.floor(time / every) * every + every;
      Object.assign(state, { text: event.text, ms });
    },
    due: ({ end }) => end,
    tick(state, time, emit) {
      emit({ kind: 'slowest', time, key: '', text: state.text, ms: state.ms });
      Object.assign(state, empty);
    },
    end({ end, text, ms }, emit) {
      if (end !== null) emit({ kind: 'slowest', time: end, key: '', text, ms });
    },
  }),
});

/** What --require looks for. */
export const operators = [slowest];
