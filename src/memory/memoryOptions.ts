import type { TokenTest } from './scan/scanner.ts';

/** How a group's memory works. Times in milliseconds. */
export interface MemoryOptions {
  /** Length of a window. */
  windowMs: number;
  /** Time between early results; 0 for none. */
  earlyMs: number;
  /** Time at the start in which novelty is not to fire. */
  warmupMs: number;
  /** Period of the weight. */
  periodMs: number;
  /** Time after which what was seen counts half in the baselines. */
  halfLifeMs: number;
  /** Cosine from which a template joins a topic. */
  similarityThreshold: number;
  maxTemplates: number;
  maxTopics: number;
  /** True: vectors are made here. False: they are asked for, and come from outside. */
  lexical: boolean;
  /** Tokens that are values whatever they look like, and tokens that stay apart whatever they look like. */
  mask?: TokenTest | undefined;
  keep?: TokenTest | undefined;
  /** Learn no new template. */
  freeze?: boolean;
}
