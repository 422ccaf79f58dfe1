import type { Json } from '../event.ts';
import type { PartialWindow } from './judge/partialBlips.ts';
import type { GroupBaseline } from './rates/groupBaseline.ts';
import type { Facets } from './windows/facets.ts';
import type { SavedSeries } from './series/groupSeries.ts';

/** A group's memory as it is saved: plain JSON. Times in milliseconds. */
export interface SavedGroup {
  group: string;
  known: Json;
  patterns: Json;
  windows: Json;
  /** Absent in checkpoints of older releases. */
  series?: SavedSeries;
  closed: number | null;
  early: number | null;
  baseline: GroupBaseline;
  first_event: number | null;
  last_event: number | null;
  /** Absent in checkpoints of older releases. */
  others?: Facets;
  late: number;
  events: number;
  /** Where it stands for many groups: what it knows of how many. */
  groups?: number[];
  /** Its windows became others at that event time (milliseconds): up to and with that window it learns anew. */
  changed?: WindowsChanged;
  /** Windows that were given up half-way and never emitted. */
  partial?: PartialWindow[];
  /** Its masks were changed: up to and with that window what these templates would have taken is no news. */
  reforming?: { until: number; ids: string[] };
  /** Its topics are to be folded anew. */
  refold?: boolean;
}

export interface WindowsChanged {
  at: number;
  until: number;
}
