import type { Json } from '../event.ts';

/** The state of an operator as it is saved: keys in memory, the least recently touched first, and keys on disk. */
export interface SavedInstance {
  [name: string]: Json;
  /** Event time at which idle keys were last looked for; null for never. */
  swept: number | null;
  /** Key, event time of its last signal, state. */
  keys: [string, number | null, Json][];
  /** Key, number it was spilled under, due time. */
  spilled: [string, number, number | null][];
}

/** A key as a copy holds it. */
export type CopiedKey =
  | { key: string; touched: number; seen: number | null; state: Json }
  | { key: string; spilled: number; due: number | null }
  | { key: string; gone: true };
