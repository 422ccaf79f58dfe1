import type { JsonObject } from '../../event.ts';

/** What is known of a record, from the outermost wrapper to the innermost text. */
export interface Facts {
  /** Milliseconds since 1970, NaN without a time. */
  time: number;
  text: string;
  metadata: JsonObject;
  /** The service, container or unit that the record comes from; '' when unknown. */
  service: string;
  /** The program, logger or class in it; '' when unknown. */
  component: string;
  /** The source, whole group and id that a record names. */
  source?: string;
  group?: string;
  id?: string;
  /** Whether it is a record in JSON. */
  json: boolean;
  /** Whether a header stood in front of the text. */
  headed: boolean;
  /** Whether a header without a message was all there was: what follows is its message. */
  empty: boolean;
}

export const emptyFacts = (text: string): Facts => ({
  time: Number.NaN,
  text,
  metadata: {},
  service: '',
  component: '',
  json: false,
  headed: false,
  empty: false,
});
