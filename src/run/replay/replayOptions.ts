import type { ArrivalJournal } from '../intake/arrivalJournal.ts';
import type { Snapshot } from '../checkpoint/snapshot.ts';

/** A run over recorded decisions instead of its sources. */
export interface ReplayOptions {
  /** Stands where the snapshot was taken. */
  journal: ArrivalJournal;
  snapshot: Snapshot | null;
  /** Event time, milliseconds, beyond which nothing is worked on any more. */
  until: number | null;
  /** What is open at the end is closed, as the recorded run did. */
  closes: boolean;
}
