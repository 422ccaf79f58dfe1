import type { Blip, Mark, RateState } from '../../signal.ts';

/** A mute that was asked for. Times are milliseconds of event time, half open: it is in force while from <= now < until. */
export interface Silence {
  mark: Mark;
  target: string;
  /** null: from the moment it was known, whatever the age of the data. */
  from: number | null;
  /** null: until the pattern comes to do `state` anew. */
  until: number | null;
  state: RateState | null;
  /** Until when the pattern has been doing that without a break; at first when the silence became known. */
  doing: number;
}

const day = 86_400_000;
/** The last moment that a time of ISO 8601 can name. */
const forever = Date.parse('9999-12-31T23:59:59.999Z');

/** The silence a mark asks for. One with neither end nor state would be for good: it ends a day after it began. */
export function startSilence(mark: Mark, known: number): Silence {
  const from = mark.from === undefined ? null : Date.parse(mark.from);
  const state = mark.until_state ?? null;
  const until = mark.until === undefined ? null : Date.parse(mark.until);
  // A schedule goes on until somebody gives it an end.
  const plain = mark.schedule === undefined ? (from ?? Date.parse(mark.at)) + day : forever;
  const end = until ?? (state === null ? plain : null);
  return { mark, target: mark.target, from, until: end, state, doing: known };
}

/** Looks at what the pattern does; true when it has come to do anew what ends the silence. */
export function isBroken(silence: Silence, { state, start, end }: Blip): boolean {
  if (state !== silence.state) return false;
  if (Date.parse(start) > silence.doing) return true;
  silence.doing = Math.max(silence.doing, Date.parse(end));
  return false;
}
