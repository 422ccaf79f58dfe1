import type { Json } from '../event.ts';
import type { SavedFolding } from './folding.ts';

/** The state of an operator as it is saved: its keys, the least recently touched first. */
export type SavedInstance = {
  /** Key, event time of its last signal, state, and how many signals it had: one where an older release did not count. */
  keys: [key: string, seen: number | null, state: Json, count: number][];
  /** What is known of keys that have no state of their own; null where there is none. */
  folding?: SavedFolding | null;
  /** Of older releases: key, number it was put on disk under, due time. */
  spilled?: [string, number, number | null][];
};

/** A key as a copy holds it. */
export type CopiedKey =
  | { key: string; touched: number; seen: number | null; count?: number; state: Json }
  | { key: string; spilled: number; due: number | null }
  | { key: string; gone: true };
