import { cosine, LEXICAL_MODEL } from '../text/lexical.ts';
import { extractMeaning } from '../text/meaning.ts';
import { contradict, eventSimilarity } from '../text/sameEvent.ts';
import { makeVector, type Topic } from './topic.ts';

/** What having the same concepts adds to the likeness of two texts: they are one event in other words. */
const SAME_CONCEPTS = 0.2;

/** What a text means, as far as it can be compared. */
export type Meaning = Pick<Topic, 'vector' | 'space' | 'text' | 'kept'>;

/**
 * The leaders of a group's topics. Leaders never move, so a topic does not drift from what it was founded on, and
 * nothing but its founding decides what may join it.
 *
 * Lexical vectors say little of texts that share no words, so only texts with the same concepts are compared. A model
 * that knows meanings is there for texts that share none: its vectors are compared with all of their space.
 */
export class Leaders {
  readonly #byConcepts = new Map<string, Set<Topic>>();
  /** Null while all are lexical. */
  #bySpace: Map<string, Set<Topic>> | null = null;

  add(topic: Topic): void {
    if (topic.space === LEXICAL_MODEL) this.#withConcepts(topic).add(topic);
    else if (topic.space !== null && topic.vector) this.#inSpace(topic.space).add(topic);
  }

  delete(topic: Topic): void {
    if (topic.space === LEXICAL_MODEL) this.#dropConcepts(topic);
    else if (topic.space !== null) this.#bySpace?.get(topic.space)?.delete(topic);
  }

  /**
   * The topic whose leader is nearest, at a likeness of `threshold` or more; the oldest of equals. In the lexical space
   * the two have the same concepts, at least two; in none do they contradict each other. Undefined when there is none.
   */
  nearest(meaning: Meaning, threshold: number): Topic | undefined {
    const vector = meaning.space === null ? null : makeVector(meaning);
    if (!vector) return undefined;
    let best: Topic | undefined;
    let bestCosine = threshold;
    for (const topic of this.#candidates(meaning)) {
      const other = makeVector(topic)!;
      if (other.length !== vector.length) continue;
      const similar =
        meaning.space === LEXICAL_MODEL ? Math.min(1, eventSimilarity(meaning.text, topic.text) + SAME_CONCEPTS) : cosine(vector, other);
      if (similar > bestCosine || (similar === bestCosine && (!best || topic.born < best.born))) {
        best = topic;
        bestCosine = similar;
      }
    }
    return best;
  }

  *#candidates({ space, text, kept }: Meaning): Iterable<Topic> {
    const meaning = extractMeaning(text);
    const near = space === LEXICAL_MODEL ? this.#byConcepts.get(meaning.concepts) : this.#bySpace?.get(space!);
    for (const topic of near ?? []) if (topic.kept === kept && !contradict(extractMeaning(topic.text), meaning)) yield topic;
  }

  #inSpace(space: string): Set<Topic> {
    this.#bySpace ??= new Map();
    const known = this.#bySpace.get(space) ?? new Set();
    this.#bySpace.set(space, known);
    return known;
  }

  /** Texts of less than two concepts have none in common with any other. */
  #withConcepts({ text }: Topic): Set<Topic> {
    const { concepts } = extractMeaning(text);
    const known = this.#byConcepts.get(concepts) ?? new Set();
    if (concepts !== '') this.#byConcepts.set(concepts, known);
    return known;
  }

  #dropConcepts(topic: Topic): void {
    const { concepts } = extractMeaning(topic.text);
    const known = this.#byConcepts.get(concepts);
    known?.delete(topic);
    if (known?.size === 0) this.#byConcepts.delete(concepts);
  }
}
