/** Codes of TLS as node has them from OpenSSL: certificates that do not verify, and handshakes that fail. */
const tls = /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|ERR_SSL|ERR_TLS|EPROTO/;

/** Why a request came to nothing, in a word: never the message, which may hold the address and its secret. */
export function explainFailure(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  const code = cause?.code;
  if (code !== undefined) return tls.test(code) ? `TLS failed: ${code}` : code;
  return name === 'TimeLimitError' ? 'no answer in time' : (name ?? 'failed');
}
