import type { Json } from 'caducus';

/** Where a source stands in each partition. */
export interface Place {
  /** Whose commits are this source's own: chosen at random when it began. */
  owner: string;
  /** Of each partition, as `topic/number`, the offset that comes next. */
  next: ReadonlyMap<string, number>;
}

/** Topics have no slash in their names. */
export const nameKey = (topic: string, partition: number): string => `${topic}/${partition}`;

export function readKey(key: string): { topic: string; partition: number } {
  const [topic = '', partition = ''] = key.split('/');
  return { topic, partition: Number(partition) };
}

/** null for anything else, such as the position of another source. */
export function readPlace(from: Json | null): Place | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  const { owner, next } = from;
  if (typeof owner !== 'string' || next === null || typeof next !== 'object' || Array.isArray(next)) return null;
  return { owner, next: new Map(Object.entries(next).filter((entry): entry is [string, number] => typeof entry[1] === 'number')) };
}

export const writePlace = ({ owner, next }: Place): Json => ({ owner, next: Object.fromEntries(next) });

/** What the group has committed of a partition: null where nothing, or nothing that can be used. */
export interface Committed {
  offset: number;
  /** Who committed it, as the metadata say. */
  owner: string | null;
}

/**
 * The offset to go on with in a partition that was just assigned; null: with the oldest that is there. What a checkpoint of
 * this source holds counts, also where it is older than what was committed since: what lies between is in no state that was
 * kept. Where another process of the group has had the partition meanwhile, the further one counts: that one has it.
 */
export function findStart(own: number | null, committed: Committed | null, owner: string, otherwise: number | null): number | null {
  if (own === null) return committed?.offset ?? otherwise;
  if (committed === null || committed.owner === owner) return own;
  return Math.max(own, committed.offset);
}
