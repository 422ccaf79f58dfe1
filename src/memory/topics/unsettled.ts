import { lacksVector, type Topic } from './topic.ts';

/** Which topics of a group are without a vector, or have one of another space than is wanted. */
export class Unsettled {
  /** In founding order; null while there was none. */
  #lacking: Set<Topic> | null = null;
  /** How many topics have a vector of each space: nearly always all of one, and then nobody has to look. */
  readonly #spaces = new Map<string, number>();

  add(topic: Topic): void {
    if (topic.space !== null) this.#spaces.set(topic.space, (this.#spaces.get(topic.space) ?? 0) + 1);
    if (lacksVector(topic)) (this.#lacking ??= new Set()).add(topic);
  }

  /** To be called before its vector or space changes. */
  delete(topic: Topic): void {
    this.#lacking?.delete(topic);
    if (topic.space === null) return;
    const left = this.#spaces.get(topic.space)! - 1;
    if (left > 0) this.#spaces.set(topic.space, left);
    else this.#spaces.delete(topic.space);
  }

  /** Of all the topics, those whose vector is lacking; given a space, those too whose vector lies in another. */
  in(space: string | null, all: Iterable<Topic>): Topic[] {
    const others = [...this.#spaces.keys()].some((known) => known !== space);
    if (space === null || !others) return [...(this.#lacking ?? [])];
    return [...all].filter((topic) => this.#lacking?.has(topic) || (topic.space !== null && topic.space !== space));
  }
}
