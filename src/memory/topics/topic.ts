import { copyPlain } from '../copyPlain.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import { LEXICAL_MODEL } from '../text/lexical.ts';
import type { LineageRecord } from '../templates/lineage.ts';
import { extractMeaning } from '../text/meaning.ts';
import type { WeightFold } from '../classic/weights.ts';

/** One topic of a group: what it is, and what is remembered of it. Plain data but for the vector. */
export interface Topic {
  /** Fixed for life; made from the founding template's id. */
  id: string;
  /** Founding order in the group. */
  born: number;
  /** Ids of its live templates, the founding one first. */
  templates: string[];
  /** Ids of templates it had that were evicted, the last ones. */
  former: string[];
  /** Ids of topics that were folded into it, the last ones. */
  merged: string[];
  /** What went into it: templates that became one, topics that were folded into it. */
  lineage: LineageRecord[];
  /** The leader: vector of the founding template, which never moves. Null where none has come (back), or it is lexical. */
  vector: Float32Array | null;
  /** Model the vector is of; null while there is none. */
  space: string | null;
  /** Text the vector stands for. */
  text: string;
  words: readonly string[];
  outcome: string;
  /** What the user keeps apart in it; absent where nothing is. */
  kept?: string;
  /** Event times, milliseconds. */
  first: number;
  last: number;
  total: number;
  /** Worst level ever, as an index of `levels`; -1 when none was given. */
  level: number;
  weight: WeightFold;
  /** It was forgotten before and has come back: people know its id. */
  back?: boolean;
}

/** What is kept of a topic that was forgotten, so that its return differs from a first sight. */
export interface Tombstone {
  id: string;
  templates: string[];
  first: number;
  last: number;
  total: number;
  level: number;
}

/** The vector its leader is compared by; null while there is none. A lexical one depends on the text alone. */
export function makeVector(topic: Pick<Topic, 'vector' | 'space' | 'text'>): Float32Array | null {
  return topic.space === LEXICAL_MODEL ? extractMeaning(topic.text).vector : topic.vector;
}

/** Whether its vector must be asked for: it has had none yet, or has come back from disk without it. */
export function lacksVector({ vector, space, words }: Pick<Topic, 'vector' | 'space' | 'words'>): boolean {
  return vector === null && space !== LEXICAL_MODEL && words.length > 0;
}

/**
 * Everything but what follows from the text. The vector does too, given the model: it is asked for again, and found in
 * the cache, so that a checkpoint does not carry two kilobytes a topic.
 */
export function saveTopic({ words: _words, outcome: _outcome, vector: _vector, ...rest }: Topic): Json {
  return toSaved(copyPlain(rest));
}

export function loadTopic(json: Json): Topic {
  const saved = fromSaved<Omit<Topic, 'vector' | 'words' | 'outcome'>>(structuredClone(json));
  const { words, outcome } = extractMeaning(saved.text);
  return {
    ...saved,
    former: saved.former ?? [],
    merged: saved.merged ?? [],
    lineage: saved.lineage ?? [],
    words,
    outcome,
    vector: null,
  };
}

export function makeTombstone({ id, templates, former, first, last, total, level }: Topic): Tombstone {
  return { id, templates: [...templates, ...former], first, last, total, level };
}
