import { growingDelay } from '../base/backoff.ts';
import { embedLexical } from '../memory/text/lexical.ts';
import { newCounters, listWarnings, type Embedder, type EmbedderContext } from './embedder.ts';
import { unitVector } from './unitVector.ts';

/** A model that may fail: the part of an embedder that `withStandIn` makes reliable. */
export interface FallibleModel {
  readonly name: string;
  readonly model: string;
  readonly dimension: number | null;
  /**
   * Hands each vector to `give` as it comes; none of the texts is blank. Rejects when it cannot go on, and what was
   * given before stays. An error may carry `wait`, the milliseconds it asks to be left alone.
   */
  embed(texts: readonly string[], give: (at: number, vector: ArrayLike<number>) => void): Promise<void>;
  /** Length its vectors had the last time, where it cannot know. */
  expect?(dimension: number): void;
  /** Counts an attempt that failed but was repeated. */
  onRetry?: () => void;
  close(): Promise<void>;
}

export interface StandInOptions {
  similarityThreshold: number;
  /** Milliseconds a model that failed is left alone; doubled while it keeps failing, up to ten times as long. */
  rest: number;
}

/**
 * Makes an embedder of a model that may fail: while it does, lexical vectors stand in, marked as such, and the model is
 * left alone for a while, so that a stream waits for a dead endpoint once and not at every batch.
 */
export function withStandIn(model: FallibleModel, context: EmbedderContext, options: StandInOptions): Embedder {
  const { io } = context;
  const warn = listWarnings(context);
  const counters = newCounters();
  model.onRetry = () => void (counters.failures += 1);
  let failed = 0;
  let restUntil = Number.NEGATIVE_INFINITY;
  const ready = () => io.monotonic() >= restUntil;

  const ask = async (texts: readonly string[], wanted: readonly number[], vectors: (Float32Array | undefined)[]) => {
    if (wanted.length === 0 || !ready()) return;
    try {
      await model.embed(
        wanted.map((at) => texts[at]!),
        (at, numbers) => {
          const vector = unitVector(numbers);
          if (!vector) throw new Error('the vector holds a number that is not finite');
          vectors[wanted[at]!] = vector;
          counters.embedded += 1;
        },
      );
      if (failed > 0) warn(`embedder ${model.name} answers again`);
      failed = 0;
    } catch (error) {
      counters.failures += 1;
      failed += 1;
      const asked = (error as { wait?: number | null }).wait ?? 0;
      const rest = Math.max(asked, growingDelay(failed, { first: options.rest, most: 10 * options.rest }));
      restUntil = io.monotonic() + rest;
      const reason = error instanceof Error ? error.message : String(error);
      warn(`embedder ${model.name}: ${reason}; the lexical embedder stands in, next try in ${Math.ceil(rest / 1000)} s`);
    }
  };

  return {
    name: model.name,
    model: model.model,
    get dimension() {
      return model.dimension;
    },
    similarityThreshold: options.similarityThreshold,
    counters,
    ready,
    expect: (dimension) => model.expect?.(dimension),
    async embed(texts) {
      counters.asked += texts.length;
      const vectors: (Float32Array | undefined)[] = Array.from(texts, () => undefined);
      const wanted = [...texts.keys()].filter((at) => texts[at]!.trim() !== '');
      await ask(texts, wanted, vectors);
      counters.blank += texts.length - wanted.length;
      const missing = wanted.filter((at) => !vectors[at]);
      counters.fallbacks += missing.length;
      for (const at of missing) vectors[at] = embedLexical(texts[at]!);
      const fallback = Array.from(texts, () => false);
      for (const at of missing) fallback[at] = true;
      return { vectors: vectors.map((vector) => vector ?? new Float32Array(model.dimension ?? 0)), fallback };
    },
    close: () => model.close(),
  };
}
