// An operator of your own: a pure machine over plain data. The kernel makes it an RxJS operator, keeps its state in
// checkpoints, and a pipeline file can name it (`- slowest: { every: 1m }` with --require).
import { defineOperator, file, type EventSignal, type Flow, type Machine } from 'caducus';
import { z } from 'zod';

interface Slowest extends Flow {
  kind: 'slowest';
  text: string;
  ms: number;
}

interface State {
  end: number | null;
  text: string;
  ms: number;
}

const options = z.strictObject({
  every: z.number().int().positive().default(60_000).describe('Length of a window, milliseconds.'),
});

/**
 * Names the slowest request of each window.
 *
 *     in     a--b--c--|        a took 5 ms, b 9, c 7
 *            slowest({ every: 7 })
 *     out    a--b--c-(b|)
 */
export const slowest = defineOperator({
  name: 'slowest',
  options,
  accepts: ['event'],
  machine: ({ every }): Machine<State, EventSignal, Slowest> => ({
    start: () => ({ end: null, text: '', ms: -1 }),
    step(state, { time, event }) {
      state.end ??= Math.floor(time / every) * every + every;
      const ms = Number(/took (\d+) ms/.exec(event.text)?.[1] ?? -1);
      if (ms > state.ms) Object.assign(state, { text: event.text, ms });
    },
    due: (state) => state.end,
    tick(state, time, emit) {
      if (state.ms >= 0) emit({ kind: 'slowest', time, key: '', text: state.text, ms: state.ms });
      Object.assign(state, { end: null, text: '', ms: -1 });
    },
    end(state, emit) {
      if (state.end !== null && state.ms >= 0) emit({ kind: 'slowest', time: state.end, key: '', text: state.text, ms: state.ms });
    },
  }),
});

file({ path: 'fixtures/requests.log' })
  .pipe(slowest({ every: 60_000 }))
  .subscribe((signal) => {
    if (signal.kind === 'slowest') process.stdout.write(`${signal.ms} ms  ${(signal as Slowest).text}\n`);
  });
