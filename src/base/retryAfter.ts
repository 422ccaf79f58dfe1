/**
 * Milliseconds a server asks us to wait by its `Retry-After` header: seconds, or an HTTP date (RFC 9110, 10.2.3).
 * null when it asks for nothing that can be read.
 */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/** Answers after which the same request may succeed: time-outs, "too early", "too many", and the server's own failures. */
export const isTransient = (status: number): boolean => status === 408 || status === 425 || status === 429 || status >= 500;
