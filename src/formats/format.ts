import type { z } from 'zod';
import type { Event, Json, JsonObject } from '../event.ts';

/** Where a record stood in the (uncompressed) byte stream. */
export interface Place {
  /** From 1. */
  line: number;
  /** Byte offset of its first byte. */
  offset: number;
}

/** A record that was understood. */
export interface Draft extends Place {
  kind: 'draft';
  /** Event time, milliseconds since 1970. */
  time: number;
  /**
   * Where its time is from when it has none of its own: the record before it, the first one behind it that has a time, or
   * the reference of the stream.
   */
  borrowed?: 'before' | 'behind' | 'reference';
  text: string;
  metadata: JsonObject;
  /** The record as it was written: what its id is made from. Points into a larger buffer, so never keep it. */
  raw: string;
  /** Where it says it comes from; the source's own name otherwise. */
  source?: string;
  /** A unique id that the record brings. */
  id?: string;
  /** The whole group id, when the record names it. */
  groupId?: string;
  /** Component, unit or program: the second half of the default group id. */
  logicalId?: string;
  /** Set when the record already was a canonical event, which is passed on as it is. */
  event?: Event;
}

/** A record that could not be taken. */
export interface Refusal extends Place {
  kind: 'refusal';
  reason: string;
  /** The record as it was written, at most `originalBytes` of it. */
  original: string;
}

export type FormatItem = Draft | Refusal;

/** How much of a rejected record is kept. */
export const originalBytes = 4096;

/** What a format may be given about the stream; nothing of it is needed. */
export interface FormatContext {
  /**
   * Milliseconds since 1970 that no record of the stream is later than (a file's last change, or the arrival). Fills in
   * what stamps leave out: the year, the day, or all of it.
   */
  reference?: number | undefined;
  /** Milliseconds since 1970 of the record before the first, such as the last of the file that was rotated away. */
  previous?: number | undefined;
}

/** Where a parser stands: enough for a new one to go on, given the bytes from `offset` on. */
export type ParserPosition = {
  offset: number;
  /** Lines before `offset`. */
  line: number;
  /** What else the format needs, such as the header of a CSV. */
  state: Json;
};

/**
 * Turns bytes into records. The bytes may be cut anywhere: the items that come out, taken together, are the same.
 * Records that may still grow are held back and are not behind `position`.
 */
export interface Parser {
  push(chunk: Uint8Array): FormatItem[];
  /** A live input has been quiet for a while: what waited for more lines comes out. An unfinished line still waits. */
  flush(): FormatItem[];
  /** The input has ended: everything comes out. */
  end(): FormatItem[];
  /** The place behind the last item that came out. */
  position(): ParserPosition;
}

export interface Format<Options extends z.ZodType = z.ZodType> {
  name: string;
  /** One line for `list`. */
  summary: string;
  options: Options;
  create(options: z.output<Options>, context: FormatContext, from: ParserPosition | null): Parser;
}

export const defineFormat = <Options extends z.ZodType>(format: Format<Options>): Format<Options> => format;
