import type { Flow, Instance } from '../../kernel/defineOperator.ts';
import { cacheFolder } from '../../embedders/cacheFolder.ts';
import type { Embedder, EmbedderCounters } from '../../embedders/embedder.ts';
import { openChecked } from '../../embedders/openEmbedder.ts';
import { textVectors } from '../../embedders/textVectors.ts';
import type { Json } from '../../event.ts';
import type { Io } from '../../io.ts';
import { embedLexical, LEXICAL_MODEL } from '../../memory/text/lexical.ts';
import type { TextVector, VectorsSignal } from '../../memory/topics/vectors.ts';
import type { OperatorNode } from '../../pipeline/definition.ts';
import type { InFlight } from '../inFlight.ts';
import { configHash } from '../checkpoint/configHash.ts';
import { readName, type Place, type VectorJournal } from './vectorJournal.ts';

/** An embedder of a run, the operators it serves, and what it has done. */
export interface EmbedderReport extends EmbedderCounters {
  name: string;
  model: string;
  operators: string[];
}

export interface VectorProviderOptions {
  io: Io;
  /** A stopped run waits for no embedder: lexical vectors stand in. */
  stop: AbortSignal;
  inFlight: InFlight;
}

/** What the provider needs of a run's operators. */
export interface Reachable {
  readonly instances: ReadonlyMap<string, Instance>;
  readonly clock: { readonly now: number };
  /** False when an operator waits for vectors. */
  tick(time: number): Promise<boolean>;
}

interface Question {
  place: Place;
  instance: Instance;
  embedder: Embedder | null;
  /** Texts without a vector. */
  lacking: ReadonlySet<string>;
  /** Texts whose vector is a stand-in's, or of another model, where it makes sense to ask again. */
  again: readonly string[];
  /** What was handed over here when the run was here before. */
  recorded: readonly TextVector[];
}

/** Texts of other keys that are embedded together with those of the key whose turn it is. */
const mostAhead = 1024;

/**
 * Gets the operators of a run the vectors they lack. A machine never waits, so the run does: before a key ticks, and
 * before its end, it is handed what it lacks. That these are places in event time, and not in the input, is why the
 * output does not depend on how the input was cut, nor on how fast an answer came.
 */
export class VectorProvider {
  readonly #embedders: ReadonlyMap<string, Embedder | null>;
  readonly #options: VectorProviderOptions;
  readonly #stopped: Promise<null>;
  #journal: VectorJournal | null = null;
  #question: Question | null = null;
  /** Name of the place that was answered last: it is not asked again. */
  #answered = '';
  /** The last answers, which hold those of other keys too. */
  #round: ReadonlyMap<string, TextVector> = new Map();

  private constructor(embedders: ReadonlyMap<string, Embedder | null>, options: VectorProviderOptions) {
    this.#embedders = embedders;
    this.#options = options;
    const { stop } = options;
    this.#stopped = new Promise((resolve) =>
      stop.aborted ? resolve(null) : stop.addEventListener('abort', () => resolve(null), { once: true }),
    );
  }

  /**
   * Opens the embedders these operators name, one for those that name the same; none in a `replay`. null when there are
   * none. Rejects with the CaducusError of an embedder that cannot start.
   */
  static async open(
    operators: readonly OperatorNode[],
    options: VectorProviderOptions,
    { replay = false } = {},
  ): Promise<VectorProvider | null> {
    const wanted = operators.filter(({ embedder }) => embedder !== undefined);
    if (wanted.length === 0) return null;
    const opened = new Map<string, Embedder>();
    const embedders = new Map<string, Embedder | null>();
    try {
      for (const { id, embedder: { factory, options: given } = never() } of wanted) {
        const name = configHash(factory.spec.name, given);
        if (!replay && !opened.has(name))
          opened.set(name, await openChecked(factory, given, { io: options.io, cacheDir: cacheFolder(options.io.env) }));
        embedders.set(id, opened.get(name) ?? null);
      }
    } catch (error) {
      await Promise.all([...opened.values()].map((embedder) => embedder.close()));
      throw error;
    }
    return new VectorProvider(embedders, options);
  }

  /** From here on what is handed over is written down, and what was written is handed over again. */
  use(journal: VectorJournal): void {
    this.#journal = journal;
  }

  /** Whether an operator may be ticked: the key that is due first lacks nothing. */
  ready(instances: ReadonlyMap<string, Instance>, member: unknown): boolean {
    for (const operator of this.#embedders.keys()) {
      const instance = instances.get(operator)!;
      if (instance !== member) continue;
      const { key, time } = instance.firstDue!;
      this.#question = this.#ask({ operator, key, time }, instance);
      return this.#question === null;
    }
    return true;
  }

  /** An operator was not ready: hands over what is lacking, on the way to that event time. */
  async reach(engine: Reachable, time: number): Promise<void> {
    try {
      do await this.#answer(engine);
      while (!(await engine.tick(time)));
    } finally {
      this.#answered = '';
    }
  }

  /** Hands over what the keys lack that are about to end. */
  async beforeEnd(engine: Omit<Reachable, 'tick'>): Promise<void> {
    for (const operator of this.#embedders.keys()) {
      const instance = engine.instances.get(operator)!;
      for (const key of instance.allKeys) {
        this.#question = this.#ask({ operator, key, time: null }, instance);
        if (this.#question) await this.#answer(engine);
      }
    }
    this.#answered = '';
  }

  get reports(): EmbedderReport[] {
    const open = new Set([...this.#embedders.values()].filter((embedder) => embedder !== null));
    return [...open].map((embedder) => {
      const operators = [...this.#embedders].filter(([, one]) => one === embedder).map(([id]) => id);
      return { name: embedder.name, model: embedder.model, operators, ...embedder.counters };
    });
  }

  /** Where the journal stands, for a checkpoint; null without one. */
  get position(): Json {
    return this.#journal?.position ?? null;
  }

  /** No checkpoint before that position of the journal is kept any more. */
  async release(position: Json): Promise<void> {
    await this.#journal?.release(position);
  }

  async close(): Promise<void> {
    await Promise.all([...new Set(this.#embedders.values())].map((embedder) => embedder?.close()));
    await this.#journal?.close();
  }

  #ask(place: Place, instance: Instance): Question | null {
    if (readName(place) === this.#answered) return null;
    const embedder = this.#embedders.get(place.operator) ?? null;
    const lacking = new Set(instance.findWants(place.key, null));
    const space = this.#findSpace(embedder);
    const again = space === null ? [] : instance.findWants(place.key, space).filter((text) => !lacking.has(text));
    const recorded = this.#journal?.take(place) ?? [];
    if (lacking.size === 0 && again.length === 0 && recorded.length === 0) return null;
    return { place, instance, embedder, lacking, again, recorded };
  }

  /** Where vectors of another space are to be made again. Not while a run goes where it has been: it was decided then. */
  #findSpace(embedder: Embedder | null): string | null {
    return embedder === null || this.#journal?.ahead === true || !embedder.ready() ? null : embedder.model;
  }

  async #answer(engine: Omit<Reachable, 'tick'>): Promise<void> {
    const { place, instance, embedder, lacking, again, recorded } = this.#question!;
    this.#answered = readName(place);
    const known = new Set(recorded.map(({ text }) => text));
    const asked = [...lacking, ...again].filter((text) => !known.has(text));
    const found = embedder && asked.length > 0 ? await this.#embed(embedder, instance, asked) : [];
    // Where something stands in already, another stand-in is no news.
    const fresh = found.filter(({ text, space }) => lacking.has(text) || space !== LEXICAL_MODEL);
    if (fresh.length > 0 && this.#journal?.replay === false) await this.#journal.append(place, fresh);
    const vectors = [...recorded, ...fresh];
    if (vectors.length === 0) return;
    const signal: VectorsSignal = { kind: 'vectors', time: place.time ?? engine.clock.now, key: place.key, vectors };
    instance.take(signal as Flow);
  }

  /** Vectors of these texts. What other keys in memory lack is asked for with them: one request serves all that close at a time. */
  async #embed(embedder: Embedder, instance: Instance, asked: readonly string[]): Promise<TextVector[]> {
    const round = this.#round;
    const missing = asked.filter((text) => !round.has(text));
    if (missing.length > 0) {
      const texts = [...this.#withOthers(missing, instance, this.#findSpace(embedder))];
      const embedding = embedder.embed(texts);
      const waited = this.#options.inFlight.during(`embedder ${embedder.name}`, `embedding ${texts.length} texts`, () =>
        Promise.race([embedding, this.#stopped]),
      );
      const answer = (await waited) ?? { vectors: texts.map(embedLexical), fallback: texts.map(() => true) };
      const kept = asked.flatMap((text) => round.get(text) ?? []);
      this.#round = new Map([...kept, ...textVectors(texts, answer, embedder)].map((vector) => [vector.text, vector]));
    }
    return asked.map((text) => this.#round.get(text)!);
  }

  #withOthers(texts: readonly string[], instance: Instance, space: string | null): Set<string> {
    const all = new Set(texts);
    const most = all.size + mostAhead;
    for (const others of instance.wants(space).values()) {
      for (const text of others) if (all.size < most) all.add(text);
    }
    return all;
  }
}

function never(): never {
  throw new Error('an operator without an embedder was taken for one with');
}
