import { Observable } from 'rxjs';
import type { Signal } from '../signal.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { Run } from './run.ts';
import type { RunOptions } from './runOptions.ts';

/** A run as a cold Observable of the signals that leave its last operators; unsubscribing stops it. */
export function runPipeline(pipeline: Pipeline, options: RunOptions): Observable<Signal> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    subscriber.add(() => stop.abort());
    const observe = (signal: Signal) => subscriber.next(signal);
    new Run(pipeline, { ...options, stop: stop.signal, observe }).execute().then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
  });
}
