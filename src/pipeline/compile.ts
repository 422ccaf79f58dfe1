import { Observable, type OperatorFunction } from 'rxjs';
import { RunClock } from '../kernel/defineOperator.ts';
import type { Signal } from '../signal.ts';
import type { Pipeline } from './definition.ts';
import { wire } from './wire.ts';

/**
 * A checked pipeline's operators as one ordinary RxJS operator: signals in, signals out. The newest event time that
 * has come in is the clock of all of them.
 */
export function compilePipeline({ operators }: Pick<Pipeline, 'operators'>): OperatorFunction<Signal, Signal> {
  return (source) =>
    new Observable<Signal>((subscriber) => {
      const clock = new RunClock();
      const wiring = wire({ sources: [{ id: 'in' }], operators }, () => ({ clock }));
      const last = operators.at(-1)?.id;
      wiring.listen(last ? [last] : [], { next: (signal) => subscriber.next(signal as Signal), complete: () => subscriber.complete() });
      const input = wiring.inputs.get('in')!;
      const guarded = (work: () => void) => {
        try {
          work();
        } catch (error) {
          subscriber.error(error);
        }
      };
      return source.subscribe({
        next: (signal) =>
          guarded(() => {
            clock.advance(signal.time);
            input.next(signal);
          }),
        error: (error: unknown) => subscriber.error(error),
        complete: () => guarded(() => input.complete()),
      });
    });
}
