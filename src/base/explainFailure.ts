/** Codes of TLS as node has them from OpenSSL, certificates that do not verify and handshakes that fail, and that of a mail server without it. */
const tls = /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_SSL|ERR_TLS|ETLS|EPROTO$/;

/**
 * Why a request came to nothing, in a few words: the code of what happened to the connection, or what our own code reported of
 * it. Never the message of a TypeError, which is what fetch throws: it says no more than "fetch failed", or holds the
 * address and its secret.
 */
export function explainFailure(error: unknown): string {
  const { name, message, cause } = error as { name?: string; message?: string; cause?: { code?: string } };
  const code = cause?.code;
  if (code !== undefined) return tls.test(code) ? `TLS failed: ${code}` : code;
  return (name === 'TypeError' ? undefined : message) || name || 'failed';
}
