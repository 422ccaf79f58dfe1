import { duration } from '../../views/text/duration.ts';

export interface HealthOptions {
  /** Milliseconds of the clock that never jumps. */
  now: number;
  live: boolean;
  /** A live run without a record for longer than this is blind, milliseconds. */
  staleAfter: number;
}

/** A run that has not turned for this long hangs in a sink or a disk, milliseconds. */
const hangsAfter = 60_000;

/** Whether a run is well: it turns, and what it watches has not gone quiet. */
export class Health {
  ready = false;
  #turned: number;
  #lastRecord: number;
  #read = 0;

  constructor(now: number) {
    this.#turned = now;
    this.#lastRecord = now;
  }

  /** The run has gone once around, having read so many records in all. */
  turned(now: number, read: number): void {
    this.ready = true;
    this.#turned = now;
    if (read !== this.#read) this.#lastRecord = now;
    this.#read = read;
  }

  /** What is wrong, in words; null when nothing is. */
  problem({ now, live, staleAfter }: HealthOptions): string | null {
    if (now - this.#turned > hangsAfter) return `the run has not turned for ${duration(now - this.#turned)}`;
    if (live && now - this.#lastRecord > staleAfter) return `stale: no records for ${duration(now - this.#lastRecord)}`;
    return null;
  }
}
