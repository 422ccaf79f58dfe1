/**
 * Milliseconds a server asks us to wait by its `Retry-After` header: seconds, or an HTTP date (RFC 9110, 10.2.3); at
 * most `most` is believed. null when it asks for nothing that can be read.
 */
export function retryAfter(header: string | null, now: number, most = Number.POSITIVE_INFINITY): number | null {
  if (header === null) return null;
  const text = header.trim();
  const ms = /^\d{1,9}(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? null : Math.min(most, Math.max(0, ms));
}

/** Answers after which the same request may succeed: time-outs, "too early", "too many", and the server's own failures. */
export const isTransient = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;
