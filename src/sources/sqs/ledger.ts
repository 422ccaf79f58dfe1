import { evictOldest } from '../../base/evictOldest.ts';
import type { Json, JsonObject } from '../../event.ts';
import { shortHash } from '../shortHash.ts';
import type { Handle } from './queueApi.ts';

export interface QueuePosition extends JsonObject {
  /** Rises with every message handed on. */
  sequence: number;
  /** Messages handed on, as short hashes of their ids, oldest first. */
  ids: string[];
  /** Last time the queue was seen empty, milliseconds since 1970. */
  emptyAt: number | null;
}

export const messageHash = (messageId: string): string => shortHash([messageId]);

/**
 * Which messages were handed on, and which of them still wait for the checkpoint after which they may be deleted. A
 * message that comes again is known by its id: it is not handed on a second time, and deleted when a checkpoint covers it.
 */
export class Ledger {
  emptyAt: number | null = null;
  readonly #most: number;
  readonly #known = new Set<string>();
  readonly #held = new Map<string, Handle & { sequence: number }>();
  #sequence = 0;

  constructor(from: Json | null, most: number) {
    this.#most = most;
    if (from === null || typeof from !== 'object' || Array.isArray(from)) return;
    const { sequence, ids, emptyAt } = from;
    if (typeof sequence === 'number') this.#sequence = sequence;
    if (Array.isArray(ids)) for (const id of ids) this.#known.add(String(id));
    if (typeof emptyAt === 'number') this.emptyAt = emptyAt;
  }

  /** How many messages are remembered. */
  get known(): number {
    return this.#known.size;
  }

  get held(): number {
    return this.#held.size;
  }

  /** What to do with a message that was received: hand it on, delete it now, or leave it. */
  receive(handle: Handle, hold: boolean): 'new' | 'covered' | 'known' {
    const hash = messageHash(handle.id);
    if (this.#known.has(hash)) {
      const held = this.#held.get(hash);
      // Only the newest receipt deletes.
      if (held) held.receipt = handle.receipt;
      return held || !hold ? 'known' : 'covered';
    }
    this.#sequence += 1;
    this.#known.add(hash);
    evictOldest(this.#known, this.#most);
    if (hold) this.#held.set(hash, { ...handle, sequence: this.#sequence });
    return 'new';
  }

  /** Handles of all messages that wait for their checkpoint. */
  waiting(): Handle[] {
    return [...this.#held.values()];
  }

  /** Takes out the messages a checkpoint at that position covers. */
  covered(position: Json): Handle[] {
    const limit = position !== null && typeof position === 'object' && !Array.isArray(position) ? Number(position.sequence) : Number.NaN;
    const done: Handle[] = [];
    for (const [hash, handle] of this.#held) {
      if (handle.sequence > limit || Number.isNaN(limit)) continue;
      this.#held.delete(hash);
      done.push(handle);
    }
    return done;
  }

  position(): QueuePosition {
    return { sequence: this.#sequence, ids: [...this.#known], emptyAt: this.emptyAt };
  }
}
