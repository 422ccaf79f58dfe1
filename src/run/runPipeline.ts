import { Observable } from 'rxjs';
import type { Pipeline } from '../pipeline/definition.ts';
import type { Signal } from '../signal.ts';
import { openRun, type OpenRunOptions } from './openRun.ts';
import { refuseTooManyRejected } from './refuseTooManyRejected.ts';

/** Runs that were unsubscribed from and still put away what they hold, by their data folder and pipeline. */
const ending = new Map<string, Promise<void>>();

/**
 * A run as a cold Observable of the signals that leave its last operators. Unsubscribing stops it; a run of the same
 * pipeline that was stopped so comes to its end before this one begins.
 */
export function runPipeline(pipeline: Pipeline, options: OpenRunOptions): Observable<Signal> {
  const name = `${options.dataDir ?? ''}\n${pipeline.name}`;
  return new Observable((subscriber) => {
    const stop = new AbortController();
    const execute = async () => {
      await ending.get(name);
      const run = await openRun(pipeline, { ...options, stop: stop.signal, observe: (signal) => subscriber.next(signal) });
      try {
        refuseTooManyRejected(pipeline, await run.execute());
      } finally {
        await run.close();
      }
    };
    const over = execute().then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
    subscriber.add(() => {
      stop.abort();
      ending.set(name, over);
      void over.finally(() => ending.get(name) === over && ending.delete(name));
    });
  });
}
