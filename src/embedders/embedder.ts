import type { z } from 'zod';
import type { Io } from '../io.ts';

/** What an embedder has done since it was opened. asked = embedded + cached + fallbacks + blank */
export interface EmbedderCounters {
  /** Texts asked for. */
  asked: number;
  /** Vectors the model made. */
  embedded: number;
  /** Vectors found in the cache. */
  cached: number;
  /** Vectors of the lexical embedder that stand in until the model answers again. */
  fallbacks: number;
  /** Texts without any content, which get a vector of zeros and are never sent to a model. */
  blank: number;
  /** Attempts that failed, those that were repeated with success among them. */
  failures: number;
}

/** The answer to `embed`, in the order of the texts. */
export interface Embedding {
  vectors: Float32Array[];
  /**
   * True where the lexical embedder answered because the model could not: such a vector lies in the space
   * `LEXICAL_MODEL`, may be compared with lexical vectors only, and is never cached. It is to be asked for again when
   * `ready` says so; what was founded on it keeps its id.
   */
  fallback: boolean[];
}

/** Turns texts into vectors whose cosine says how alike the texts are. */
export interface Embedder {
  readonly name: string;
  /** Names the space of the vectors: vectors of different models are never compared. Safe as a file name. */
  readonly model: string;
  /** Length of a vector; null until the first answer of a model that nobody described. */
  readonly dimension: number | null;
  /** Cosine from which two texts are taken for the same topic. */
  readonly similarityThreshold: number;
  readonly counters: Readonly<EmbedderCounters>;
  /** Never rejects because a model or endpoint fails: the lexical embedder answers then, and says so in `fallback`. */
  embed(texts: readonly string[]): Promise<Embedding>;
  /** False while the model has failed and it is not yet time to try again. */
  ready(): boolean;
  /** Tells a model that nobody described how long its vectors were the last time. */
  expect?(dimension: number): void;
  close(): Promise<void>;
}

export interface EmbedderContext {
  io: Io;
  /** Where models and vectors are kept; see `cacheFolder`. */
  cacheDir: string;
  /** Takes warnings in one line each, without a line end; by default they go to stderr. */
  warn?(message: string): void;
}

export interface EmbedderSpec {
  name: string;
  /** One line for `list`. */
  summary: string;
  /** A strict object. */
  options: z.ZodType;
  /** Default of the option of that name, calibrated as docs/embedders.md says. */
  similarityThreshold: number;
  /** Loads what it needs. Rejects with a CaducusError that names the remedy, before any stream starts. */
  open(options: unknown, context: EmbedderContext): Promise<Embedder>;
}

export interface EmbedderFactory<Options extends z.ZodType = z.ZodType> {
  readonly spec: EmbedderSpec;
  /** Parses the options and opens it. Throws a ZodError when they are wrong. */
  open(options: z.input<Options>, context: EmbedderContext): Promise<Embedder>;
}

export interface EmbedderDefinition<Options extends z.ZodType> {
  name: string;
  summary: string;
  options: Options;
  similarityThreshold: number;
  open(options: z.output<Options>, context: EmbedderContext): Promise<Embedder>;
}

/** Declares an embedder. */
export function defineEmbedder<Options extends z.ZodType>(definition: EmbedderDefinition<Options>): EmbedderFactory<Options> {
  return {
    spec: definition,
    open: async (options, context) => definition.open(definition.options.parse(options), context),
  };
}

/** Gives a warning where the context wants it. */
export function listWarnings({ io, warn }: EmbedderContext): (message: string) => void {
  return warn ?? ((message) => void io.stderr.write(`caducus: ${message}\n`));
}

export const newCounters = (): EmbedderCounters => ({ asked: 0, embedded: 0, cached: 0, fallbacks: 0, blank: 0, failures: 0 });
