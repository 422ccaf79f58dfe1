import { cosine } from './lexical.ts';
import { vectorOf, type Topic } from './topic.ts';

/** Content words two texts must share before their vectors are compared at all. */
const SHARED = 2;
/** A word that more topics have than this tells nothing, and does not count as shared. */
const MOST_POSTINGS = 128;

/** What a text means, as far as it can be compared. */
export type Meaning = Pick<Topic, 'vector' | 'space' | 'text' | 'words' | 'outcome'>;

/**
 * The leaders of a group's topics, found by the words they share. Leaders never move, so a topic does not drift from
 * what it was founded on, and nothing but its founding decides what may join it.
 */
export class Leaders {
  readonly #byWord = new Map<string, Topic[]>();

  add(topic: Topic): void {
    for (const word of topic.words) {
      const postings = this.#byWord.get(word);
      if (!postings) this.#byWord.set(word, [topic]);
      else postings.push(topic);
    }
  }

  delete(topic: Topic): void {
    for (const word of topic.words) {
      const left = this.#byWord.get(word)?.filter((other) => other !== topic);
      if (left?.length) this.#byWord.set(word, left);
      else this.#byWord.delete(word);
    }
  }

  /**
   * The topic whose leader is nearest, at a cosine of `threshold` or more, with at least two content words shared and
   * the same outcome told; the oldest of equals. Undefined when there is none.
   */
  nearest(meaning: Meaning, threshold: number): Topic | undefined {
    const { space, words, outcome } = meaning;
    if (space === null) return undefined;
    const shared = new Map<Topic, number>();
    for (const word of words) {
      const postings = this.#byWord.get(word) ?? [];
      if (postings.length <= MOST_POSTINGS)
        for (const topic of postings) shared.set(topic, (shared.get(topic) ?? 0) + 1);
    }
    let best: Topic | undefined;
    let bestCosine = threshold;
    for (const [topic, count] of shared) {
      if (count < SHARED || topic.outcome !== outcome || topic.space !== space) continue;
      const similar = cosine(vectorOf(meaning)!, vectorOf(topic)!);
      if (similar > bestCosine || (similar === bestCosine && (!best || topic.born < best.born))) {
        best = topic;
        bestCosine = similar;
      }
    }
    return best;
  }
}
