import { cosine, LEXICAL_MODEL } from '../text/lexical.ts';
import { tellOpposites } from '../text/opposites.ts';
import { vectorOf, type Topic } from './topic.ts';

/** Content words two texts must share before their lexical vectors are compared at all. */
const SHARED = 2;
/** A word that more topics have than this tells nothing, and does not count as shared. */
const MOST_POSTINGS = 128;

/** What a text means, as far as it can be compared. */
export type Meaning = Pick<Topic, 'vector' | 'space' | 'text' | 'words' | 'outcome' | 'kept'>;

/**
 * The leaders of a group's topics. Leaders never move, so a topic does not drift from what it was founded on, and
 * nothing but its founding decides what may join it.
 *
 * Lexical vectors say little of texts that share no words, so those are found by the words they share. A model that
 * knows meanings is there for texts that share none: its vectors are compared with all of their space.
 */
export class Leaders {
  readonly #byWord = new Map<string, Topic[]>();
  readonly #bySpace = new Map<string, Set<Topic>>();

  add(topic: Topic): void {
    if (topic.space === LEXICAL_MODEL) this.#addWords(topic);
    else if (topic.space !== null && topic.vector) this.#inSpace(topic.space).add(topic);
  }

  delete(topic: Topic): void {
    if (topic.space === LEXICAL_MODEL) this.#deleteWords(topic);
    else if (topic.space !== null) this.#bySpace.get(topic.space)?.delete(topic);
  }

  /**
   * The topic whose leader is nearest, at a cosine of `threshold` or more; the oldest of equals. In the lexical space
   * the two share at least two content words and tell the same outcome; in any other they do not tell opposites.
   * Undefined when there is none.
   */
  nearest(meaning: Meaning, threshold: number): Topic | undefined {
    const vector = meaning.space === null ? null : vectorOf(meaning);
    if (!vector) return undefined;
    let best: Topic | undefined;
    let bestCosine = threshold;
    for (const topic of this.#candidates(meaning)) {
      const other = vectorOf(topic)!;
      if (other.length !== vector.length) continue;
      const similar = cosine(vector, other);
      if (similar > bestCosine || (similar === bestCosine && (!best || topic.born < best.born))) {
        best = topic;
        bestCosine = similar;
      }
    }
    return best;
  }

  *#candidates({ space, words, outcome, kept }: Meaning): Iterable<Topic> {
    if (space !== LEXICAL_MODEL) {
      for (const topic of this.#bySpace.get(space!) ?? []) if (topic.kept === kept && !tellOpposites(topic.outcome, outcome)) yield topic;
      return;
    }
    const shared = new Map<Topic, number>();
    for (const word of words) {
      const postings = this.#byWord.get(word) ?? [];
      if (postings.length <= MOST_POSTINGS) for (const topic of postings) shared.set(topic, (shared.get(topic) ?? 0) + 1);
    }
    for (const [topic, count] of shared) if (count >= SHARED && topic.kept === kept && topic.outcome === outcome) yield topic;
  }

  #inSpace(space: string): Set<Topic> {
    const known = this.#bySpace.get(space) ?? new Set();
    this.#bySpace.set(space, known);
    return known;
  }

  #addWords(topic: Topic): void {
    for (const word of topic.words) {
      const postings = this.#byWord.get(word);
      if (!postings) this.#byWord.set(word, [topic]);
      else postings.push(topic);
    }
  }

  #deleteWords(topic: Topic): void {
    for (const word of topic.words) {
      const left = this.#byWord.get(word)?.filter((other) => other !== topic);
      if (left?.length) this.#byWord.set(word, left);
      else this.#byWord.delete(word);
    }
  }
}
