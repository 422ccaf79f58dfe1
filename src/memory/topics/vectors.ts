import type { SignalBase } from '../../signal.ts';

/** A vector for a text, and the space it lies in: vectors of two spaces are never compared. */
export interface TextVector {
  text: string;
  /** Of length one, or all zero for a text without content. */
  vector: ArrayLike<number>;
  space: string;
}

/** Answers to what a memory `wants`: every text it asked for, fallbacks included. Part of any replay. */
export interface VectorsSignal extends SignalBase {
  kind: 'vectors';
  vectors: TextVector[];
}
