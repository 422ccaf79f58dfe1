import type { ModelManifest } from './modelManifest.ts';

export const backends = ['tfjs-node', 'wasm', 'cpu'] as const;
export type Backend = (typeof backends)[number];

/** What the thread is started with; the weights are handed over, not copied. */
export interface EncoderStart {
  manifest: ModelManifest;
  weights: ArrayBuffer;
  vocabulary: string;
  /** Tried in this order. */
  backends: readonly Backend[];
  /** Texts encoded together. */
  batchSize: number;
}

/** The thread is ready, or says why it is not. */
export type EncoderReady =
  | { kind: 'ready'; backend: Backend; dimension: number; warnings: string[] }
  | { kind: 'failed'; code: 'CAD081' | 'CAD084'; reason: string };

/** What TensorFlow.js would have printed. */
export interface EncoderPrinted {
  kind: 'printed';
  text: string;
}

export interface EncodeRequest {
  id: number;
  texts: readonly string[];
}

/** Vectors one after the other in one buffer, or why there are none. */
export type EncodeAnswer = { kind: 'vectors'; id: number; numbers: Float32Array } | { kind: 'error'; id: number; reason: string };
