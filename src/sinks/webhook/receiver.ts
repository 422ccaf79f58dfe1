import type { Json, JsonObject } from '../../event.ts';
import type { Mail, MailServer } from '../../io/mail.ts';
import type { Finding } from '../../signal.ts';

/** What is kept of a message that was delivered, to update it and not to repeat it. */
export interface Delivered extends JsonObject {
  /** The content it had; the same again is not sent. */
  content: string;
  /** `readState` of the finding then. */
  state: string;
  /** When, milliseconds of the wall clock. */
  at: number;
  /** What the receiver calls it, where it has a name: Slack's channel and timestamp. */
  ref: Json;
}

/** A request to make, of HTTP or of SMTP. The address of a mail's server holds no login. */
export type Call = HttpCall | { method: 'MAIL'; url: string; server: MailServer; mail: Mail };

export interface HttpCall {
  method: 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface Reply {
  /** Of HTTP, or the reply code of SMTP. */
  status: number;
  /** Host that a redirect leads to; null when it is none. */
  redirect: string | null;
  /** Seconds or a date, as the header has it; null when absent. */
  retryAfter: string | null;
  text: string;
  /** The same as it came, of HTTP. */
  bytes?: Uint8Array;
}

/** How it went: delivered; not now (with the receiver's own waiting time, if it named one); or never. */
export type Verdict = { ok: true; ref: Json } | { ok: false; retry: boolean; why: string; fresh?: boolean };

/** One kind of receiver: what a message holds, how it is sent, and what the answer means. Pure. */
export interface Receiver<C extends Call = Call> {
  /** The content of the message about a finding; it is sent when this changes. */
  content(finding: Finding): string;
  /** Whether only numbers changed since the last message: then it can wait. */
  minor(finding: Finding, last: Delivered): boolean;
  /** null: the receiver knows it already, from elsewhere. */
  call(finding: Finding, last: Delivered | null): C | null;
  verdict(reply: Reply): Verdict;
  /** What is kept of a message that was delivered; what its answer holds when left out. */
  keep?(finding: Finding, last: Delivered | null, answer: Json): Json;
  /** Whether this call sends only a part of it, and another has to follow. */
  isPart?(finding: Finding, last: Delivered | null): boolean;
  /** Whether only what was begun can be ended: then the begin is sent first. */
  endsWhatBegan?: boolean;
}

/** The state a receiver cares for most. */
export const readState = ({ state, severity }: Finding): string => `${state} ${severity}`;

/**
 * By status alone: 408, 429, 5xx, wrong credentials and a wrong address can be mended without us, what the receiver cannot
 * read never will be. A redirect is not followed: a message and its secret go where they were sent.
 */
export function plainVerdict({ status, text, redirect }: Reply): Verdict {
  if (status >= 300 && status < 400) return { ok: false, retry: true, why: `HTTP ${status}, a redirect to ${redirect ?? 'nowhere'}` };
  if (status >= 200 && status < 300) return { ok: true, ref: null };
  const retry = status === 408 || status === 429 || status >= 500 || status === 401 || status === 403 || status === 404;
  return { ok: false, retry, why: `HTTP ${status}${status >= 500 || text === '' ? '' : `: ${text.slice(0, 100)}`}` };
}
