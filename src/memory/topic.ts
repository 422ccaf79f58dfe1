import type { Json } from '../event.ts';
import type { Rate } from './rates.ts';
import type { WeightFold } from './weights.ts';

/** Windows a topic's trend shows; absence is told for as long. */
export const TREND = 12;

/** One topic of a group: what it is, and what is remembered of it. Plain data but for the vector. */
export interface Topic {
  /** Fixed for life; made from the founding template's id. */
  id: string;
  /** Founding order in the group. */
  born: number;
  /** Ids of its live templates, the founding one first. */
  templates: string[];
  /** The leader: vector of the founding template. It never moves. */
  vector: Float32Array | null;
  /** Model the vector is of. */
  space: string | null;
  /** Text the vector stands for. */
  text: string;
  words: string[];
  outcome: string;
  /** Bits of novelty when it was founded, and how many new topics a window the group made then. */
  novelty: number;
  newPerWindow: number;
  /** Event times, milliseconds. */
  first: number;
  last: number;
  total: number;
  /** Worst level ever, as an index of `levels`; -1 when none was given. */
  level: number;
  /** The gravest word of its text. */
  word: { word: string; bits: number } | null;
  weight: WeightFold;
  rate: Rate;
  /** Window in which it was founded, and in which it last came back after a long absence. */
  foundedIn: number;
  returnedIn: number | null;
  /** It was told to be gone and has not come back. */
  gone: boolean;
  /** Last window folded into `rate` and `trend`. */
  window: number;
  /** Counts of the last windows up to `window`, oldest first. */
  trend: number[];
}

/** What is kept of a topic that was forgotten, so that its return is told from a first sight. */
export interface Tombstone {
  id: string;
  templates: string[];
  first: number;
  last: number;
  total: number;
  level: number;
}

/** Everything but the vector, which is made again from the text or comes from the cache of vectors. */
export function saveTopic(topic: Topic): Json {
  const vector = topic.vector ? Array.from(topic.vector) : null;
  return { ...topic, vector } as unknown as Json;
}

export function loadTopic(json: Json): Topic {
  const saved = structuredClone(json) as unknown as Omit<Topic, 'vector'> & { vector: number[] | null };
  return { ...saved, vector: saved.vector ? Float32Array.from(saved.vector) : null };
}

export function tombstoneOf({ id, templates, first, last, total, level }: Topic): Tombstone {
  return { id, templates, first, last, total, level };
}
