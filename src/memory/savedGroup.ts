import type { Json } from '../event.ts';
import type { GroupBaseline } from './rates/groupBaseline.ts';

/** A group's memory as it is saved: plain JSON. Times in milliseconds. */
export interface SavedGroup {
  group: string;
  known: Json;
  patterns: Json;
  windows: Json;
  closed: number | null;
  early: number | null;
  baseline: GroupBaseline;
  first_event: number | null;
  late: number;
  events: number;
}
