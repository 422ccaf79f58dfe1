/** First words of reason phrases by status (RFC 9110, 15, and RFC 6585): `500 Internal Server Error`. */
const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No',
  206: 'Partial',
  301: 'Moved',
  302: 'Found',
  304: 'Not',
  307: 'Temporary',
  308: 'Permanent',
  400: 'Bad',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not',
  405: 'Method',
  408: 'Request',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content',
  422: 'Unprocessable',
  429: 'Too',
  499: 'Client',
  500: 'Internal',
  501: 'Not',
  502: 'Bad',
  503: 'Service',
  504: 'Gateway',
  505: 'HTTP',
  507: 'Insufficient',
};

/**
 * Whether the three digits at `start` are a status by the phrase behind them, as words or as a constant (`502 BAD_GATEWAY`): the
 * number and the words agree. The line ends at `end`.
 */
export function reasonFollows(bytes: Uint8Array, start: number, end: number): boolean {
  if (bytes[start + 3] !== 32) return false;
  const phrase = phrases[(bytes[start]! - 48) * 100 + (bytes[start + 1]! - 48) * 10 + bytes[start + 2]! - 48];
  if (phrase === undefined || start + 4 + phrase.length > end) return false;
  const isConstant = bytes[start + 5]! < 97;
  for (let i = 0; i < phrase.length; i++) {
    const wanted = phrase.charCodeAt(i);
    if (bytes[start + 4 + i] !== (isConstant && wanted > 96 ? wanted - 32 : wanted)) return false;
  }
  const next = start + 4 + phrase.length === end ? 32 : bytes[start + 4 + phrase.length]! | 32;
  return next < 97 || next > 122;
}
