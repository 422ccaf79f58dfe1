import type { Json, JsonObject } from '../../event.ts';
import { shortHash } from '../shortHash.ts';

/** How far one log group has been read. */
export interface TailPosition extends JsonObject {
  group: string;
  /** Read to here at least once; milliseconds since 1970. */
  frontier: number;
  /** Where the next pass starts. */
  next: number;
  /** Events of the overlap that have been handed on, as short hashes, and their times. */
  ids: string[];
  times: number[];
}

/** An eventId has 56 digits; 16 hexadecimal ones of a hash are enough for the events of minutes. */
export const idHash = (eventId: string): string => shortHash([eventId]);

/**
 * The reading of one log group. CloudWatch shows events minutes after their time when an agent was cut off, so every pass
 * reads again what was younger than the overlap when it was last read, and leaves out the ids it has already handed on.
 */
export class Tail {
  readonly group: string;
  frontier: number;
  next: number;
  readonly #seen = new Map<string, number>();
  #frozen: TailPosition | null = null;

  constructor(group: string, start: number) {
    this.group = group;
    this.frontier = start;
    this.next = start;
  }

  /** Goes on at a saved position; null when it is not one. */
  static load(saved: Json): Tail | null {
    if (saved === null || typeof saved !== 'object' || Array.isArray(saved)) return null;
    const { group, frontier, next, ids, times } = saved;
    if (
      typeof group !== 'string' ||
      typeof frontier !== 'number' ||
      typeof next !== 'number' ||
      !Array.isArray(ids) ||
      !Array.isArray(times)
    )
      return null;
    const tail = new Tail(group, next);
    tail.frontier = frontier;
    for (const [i, id] of ids.entries()) tail.#seen.set(String(id), Number(times[i]));
    return tail;
  }

  has(id: string): boolean {
    return this.#seen.has(id);
  }

  handedOn(id: string, time: number): void {
    this.#seen.set(id, time);
    this.#frozen = null;
  }

  /**
   * Everything before `end` was read at `now`, and handed on. Keeps at most `maxIds` ids: where the overlap holds more
   * events than that, it becomes shorter rather than giving events twice.
   */
  passed(end: number, now: number, overlap: number, maxIds: number): void {
    this.frontier = Math.max(this.frontier, end);
    this.next = Math.max(this.next, Math.min(end, now - overlap));
    this.#dropBefore(this.next);
    if (this.#seen.size > maxIds) {
      const newestDropped = [...this.#seen.values()].sort((a, b) => b - a)[maxIds]!;
      this.next = newestDropped + 1;
      this.#dropBefore(this.next);
    }
    this.#frozen = null;
  }

  position(): TailPosition {
    this.#frozen ??= {
      group: this.group,
      frontier: this.frontier,
      next: this.next,
      ids: [...this.#seen.keys()],
      times: [...this.#seen.values()],
    };
    return this.#frozen;
  }

  #dropBefore(time: number): void {
    for (const [id, at] of this.#seen) if (at < time) this.#seen.delete(id);
  }
}

/** The readings of a saved position; none where it is of something else. */
export function loadTails(from: Json | null): Tail[] {
  if (from === null || typeof from !== 'object' || Array.isArray(from) || !Array.isArray(from.groups)) return [];
  return from.groups.map((saved) => Tail.load(saved)).filter((tail) => tail !== null);
}
