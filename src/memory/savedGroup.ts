import type { Json } from '../event.ts';
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
}
