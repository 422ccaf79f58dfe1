import { parseDuration } from '../../../config/scalars.ts';

/** What was typed with an ack: `2h swapping disk`, `2h`, `swapping disk` or nothing. */
export interface AckWords {
  /** Milliseconds; absent until it is over. */
  lasts?: number;
  text?: string;
}

/** The length of time that a text begins with, and the rest as a note without the quotes around it. */
export function ackWords(typed: string): AckWords {
  const [first = '', ...rest] = typed.trim().split(/\s+/);
  const ms = parseDuration(first);
  const lasts = ms !== null && ms > 0 ? ms : undefined;
  const text = (lasts === undefined ? typed.trim() : rest.join(' ')).replace(/^"(.*)"$/s, '$1');
  return { ...(lasts !== undefined && { lasts }), ...(text !== '' && { text }) };
}
