import { createHash } from 'node:crypto';
import type { Json, ParserPosition } from 'caducus';

/** An object as a listing shows it. */
export interface Listed {
  bucket: string;
  key: string;
  /** Changes with its bytes. */
  etag: string;
  size: number;
  /** When it was written, milliseconds since 1970. */
  modified: number;
  /** Its turn: the time that its key names, or else `modified`. */
  start: number;
}

type Turn = Pick<Listed, 'start' | 'modified' | 'key'>;

/** How far the objects of one log have been read. Plain JSON. */
export interface StreamPlace {
  /** The turn of the last that was read; null before the first. */
  mark: Turn | null;
  /** What was written up to then and has its turn before `mark` has been read, milliseconds since 1970. */
  seen: number;
  /** Objects written since that have been read: short name, and when they were written. */
  done: readonly (readonly [string, number])[];
  /** The one that is being read. */
  open: { name: string; at: ParserPosition } | null;
}

export const startPlace: StreamPlace = { mark: null, seen: 0, done: [], open: null };

/** A short name of the object with these bytes: written anew it is another. */
export const nameObject = ({ bucket, key, etag }: Pick<Listed, 'bucket' | 'key' | 'etag'>): string =>
  createHash('sha256')
    .update(JSON.stringify([bucket, key, etag]))
    .digest('base64url')
    .slice(0, 16);

/**
 * How long an object may become visible after the time at which it is said to be written, milliseconds: one that is uploaded
 * in parts has the time of its begin.
 */
const uploadTakes = 24 * 3_600_000;
/** Names that are kept; of more the oldest go, and what shows up late among them is not seen any more. */
const mostNames = 5_000;

/** Objects go by the time of their keys, then by when they were written, then by key. */
export const compareTurns = (a: Turn, b: Turn): number =>
  a.start - b.start || a.modified - b.modified || (a.key < b.key ? -1 : Number(a.key > b.key));

/** What is to be read of a log, in turn, and the place behind each. */
export interface StreamPlan {
  todo: readonly Listed[];
  /** The place when `todo` has been read up to there, inclusive. To be asked in order. */
  close(index: number): StreamPlace;
}

/** Plans a log by what a listing shows of it. What was begun is ended first. */
export function planStream(place: StreamPlace, listed: readonly Listed[]): StreamPlan {
  const known = new Set(place.done.map(([name]) => name));
  const isBehind = (object: Turn, mark: Turn | null) => mark === null || compareTurns(object, mark) > 0;
  const left = listed
    .filter((object) => !known.has(nameObject(object)) && (isBehind(object, place.mark) || object.modified > place.seen))
    .toSorted(compareTurns);
  const begun = left.filter((object) => nameObject(object) === place.open?.name);
  const todo = [...begun, ...left.filter((object) => !begun.includes(object))];
  const reached = begun[0] && isBehind(begun[0], place.mark) ? begun[0] : place.mark;
  const newest = listed.reduce((last, { modified }) => Math.max(last, modified), 0);
  // What is late has its turn before what is read already: until it is read, nothing may be taken for seen because of it.
  const caps: number[] = [];
  for (let i = todo.length - 1, cap = newest - uploadTakes; i >= 0; i -= 1) {
    caps[i] = cap;
    if (!isBehind(todo[i]!, reached)) cap = Math.min(cap, todo[i]!.modified - 1);
  }
  let { mark, seen } = place;
  let done = [...place.done];
  return {
    todo,
    close(index) {
      const object = todo[index]!;
      if (isBehind(object, mark)) mark = { start: object.start, modified: object.modified, key: object.key };
      const raised = Math.max(seen, caps[index]!);
      if (raised > seen) done = done.filter(([, modified]) => modified > raised);
      seen = raised;
      if (object.modified > seen) done = [...done, [nameObject(object), object.modified]];
      if (done.length > mostNames) {
        const [oldest] = done.toSorted(([, a], [, b]) => a - b);
        seen = Math.max(seen, oldest![1]);
        done = done.filter(([, modified]) => modified > seen);
      }
      return { mark, seen, done, open: null };
    },
  };
}

/** Where a source stands: of each log, or of all as one. */
export interface Place {
  single: boolean;
  streams: ReadonlyMap<string, StreamPlace>;
}

export const savePlace = ({ single, streams }: Place): Json => ({ single, streams: Object.fromEntries(streams) }) as unknown as Json;

/** null for a position of another kind. */
export function readPlace(from: Json | null): Place | null {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  const { single, streams } = from;
  if (streams === null || typeof streams !== 'object' || Array.isArray(streams)) return null;
  return { single: single === true, streams: new Map(Object.entries(streams) as unknown as [string, StreamPlace][]) };
}

/** The position at which these logs stand where they stand in theirs, and the others where they stand in it. */
export function rewindPlace(position: Json, marked: ReadonlyMap<string, Json>): Json {
  const place = readPlace(position);
  if (place === null) return position;
  const streams = new Map(place.streams);
  for (const [name, at] of marked) {
    const before = readPlace(at)?.streams.get(name);
    if (before) streams.set(name, before);
    else streams.delete(name);
  }
  return savePlace({ ...place, streams });
}
