import type { Json } from '../../event.ts';

export const headPattern = /^checkpoint-(\d{8})\.json$/;
export const keysPattern = /^keys-(\d{8})\.ndjson$/;

/** A checkpoint on disk. */
export interface CheckpointFile {
  number: number;
  path: string;
  /** With the files of keys it names, which it may share with others. */
  bytes: number;
  /** ISO 8601 UTC. */
  written: string;
}

/** A file of keys, as a checkpoint names it. */
export interface KeysPart {
  file: string;
  bytes: number;
  /** SHA-256, hex. */
  sum: string;
}

/** What stands in a checkpoint's own file. */
export interface CheckpointHead {
  parts: KeysPart[];
  content: Json;
}
