import type { HttpHeaders } from '../../io/network.ts';
import type { Signal } from '../../signal.ts';
import type { HttpOptions } from './options.ts';

/** Records that came together. */
export interface Delivery {
  /** Id of the source. */
  id: string;
  /** Arrival, milliseconds since 1970. */
  now: number;
  /** Rises with every request, over restarts too. */
  request: string;
  /** What ids begin with that are made of it: `http` when left out. */
  kind?: string;
}

export interface DecodeContext extends Delivery {
  options: HttpOptions;
  headers: HttpHeaders;
  /** Gets the text at an address; rejects when it cannot. */
  fetchText(url: string): Promise<string>;
  /** Called with what is in a body and becomes no record: left out by the options, or by the sender, who only says how many there are. */
  uncounted(what: 'filtered' | 'left_out', many: number): void;
}

/** Records to journal, or why the body is refused (400), or what the sender may not do (403). */
export type Decoded = { records: Signal[] } | { refuse: string } | { forbid: string };

/** Turns a body into records. May throw a SyntaxError of JSON.parse, which is answered 400. */
export type Decode = (body: Buffer, context: DecodeContext) => Promise<Decoded>;

/**
 * Event time of a notification: its own, unless that is long past (an alert that has lasted for days and that comes
 * now, or was held back to be sent with others) or to come. At most `lateness` (`allowed_lateness`, milliseconds) before
 * it arrived, so that none is too late to be counted.
 */
export function arrivalTime(own: number, now: number, lateness: number): number {
  return Number.isNaN(own) ? now : Math.min(now, Math.max(own, now - lateness));
}
