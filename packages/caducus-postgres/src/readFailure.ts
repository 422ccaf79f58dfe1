import type { Outcome } from 'caducus';

/**
 * Classes of errors that a record is the reason of: what it holds, and what it breaks. All others (no connection, a server
 * that stops or stands by, a table or a right that is missing) can be mended without it.
 * Source: PostgreSQL, appendix A, "PostgreSQL Error Codes".
 */
const ofRecord = /^(?:21|22|23|54)/;

/** What an error of the client means for a batch. Never an address: it may hold a secret. */
export function readFailure(error: unknown, host: string): Outcome {
  const { code = '', message = '', name = '' } = (error ?? {}) as { code?: string; message?: string; name?: string };
  const isServers = name === 'PostgresError';
  const why = isServers ? `${message} (${code})` : code || message || 'failed';
  return { ok: false, retry: !isServers || !ofRecord.test(code), why: `${host}: ${why}` };
}
