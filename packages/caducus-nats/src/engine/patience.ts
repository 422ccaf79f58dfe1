import { CaducusError, Stale, type Io, type Trouble } from 'caducus';
import type { Jet } from '../connect.ts';
import { nameFailure, type Place } from '../failure.ts';
import { manyListeners } from '../link.ts';
import { explainDelay, isNoStream } from './delay.ts';

/** Waits after failures, milliseconds: the first, and the longest. */
const waits = { first: 50, most: 2_000 };
/** For how long a server may say that there is no such stream, milliseconds, before it is believed. */
const goneAfter = 10_000;

/** Does things at a server until they are done, however often it is away meanwhile. */
export class Patience {
  readonly #jet: Pick<Jet, 'link' | 'nc'>;
  readonly #io: Pick<Io, 'now' | 'monotonic' | 'sleep'>;
  readonly #place: Place;
  readonly #closing = manyListeners();
  readonly #failing = new Set<Trouble>();

  constructor(jet: Pick<Jet, 'link' | 'nc'>, io: Pick<Io, 'now' | 'monotonic' | 'sleep'>, place: Place) {
    this.#jet = jet;
    this.#io = io;
    this.#place = place;
  }

  /** What keeps things from being done; null while nothing does. */
  trouble(): Trouble | null {
    const [oldest = null] = this.#failing;
    return this.#jet.link.trouble ?? oldest;
  }

  /** Aborts at the end: nothing is waited for any more. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  close(): void {
    this.#closing.abort();
  }

  /**
   * Does it until it succeeds. It may be done once more after it was done: an answer can get lost. Rejects with what
   * cannot succeed later, with CAD020 where the stream is gone or the server refuses, and when it is closed or the signal aborts.
   */
  async until<T>(attempt: () => Promise<T>, signal: AbortSignal = this.closing): Promise<T> {
    const end = signal === this.closing ? signal : AbortSignal.any([signal, this.closing]);
    let own: Trouble | null = null;
    let missingSince: number | null = null;
    try {
      for (let failures = 1; ; failures += 1) {
        await this.#jet.link.stands(end);
        end.throwIfAborted();
        if (this.#jet.nc.isClosed()) throw nameFailure((await this.#jet.nc.closed()) ?? 'the connection is closed', this.#place);
        try {
          return await orAborted(attempt(), [end, this.#jet.link.present]);
        } catch (error) {
          end.throwIfAborted();
          const why = this.#jet.nc.isClosed() ? null : explainDelay(error, this.#place.servers);
          if (why === null) throw error instanceof Stale ? error : nameFailure(error, this.#place);
          if (isNoStream(error)) {
            missingSince ??= this.#io.monotonic();
            if (this.#io.monotonic() - missingSince >= goneAfter) throw this.#explainGone(error);
          }
          if (own === null) this.#failing.add((own = { since: this.#io.now(), why }));
          own.why = why;
          await this.#io.sleep(Math.min(waits.most, waits.first * 2 ** (failures - 1)), end).catch(() => undefined);
        }
      }
    } finally {
      if (own !== null) this.#failing.delete(own);
    }
  }

  #explainGone(cause: unknown): CaducusError {
    return new CaducusError('CAD020', this.#place, 'the stream of this pipeline is gone from the server', {
      cause,
      hint: 'Somebody has removed it, and the state with it: stop all processes, and start anew.',
    });
  }
}

/** What a promise comes to, unless one of the signals aborts before. */
async function orAborted<T>(promise: Promise<T>, signals: readonly AbortSignal[]): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('the connection was lost'));
  });
  for (const signal of signals) {
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  }
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', stop);
  }
}
