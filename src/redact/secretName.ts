/**
 * How sure a name is that its value is a secret: `strong` whatever the value looks like, `weak` when the value may also be
 * a word (`token: expired`), null when it names none (`max_tokens`, `token_count`, `secretary`).
 */
export type Sureness = 'strong' | 'weak' | null;

const strong =
  /(?:password|passwd|passphrase|secret|(?:api|access|secret|private|account|signing|encryption|master|auth|sharedaccess)key|passwordhash|(?:^|[_.-])pwd)$/;
const weak = /(?:token|authorization|credentials?|cookie|(?:^|[_.-])(?:otp|jwt|sig|signature))$/;

/** Names repeat from record to record; bounded, since they come from outside. */
const known = new Map<string, Sureness>();
const mostKnown = 4096;

/** Judges the name of a field by its last words, however it is written: `apiKey`, `X-Api-Key`, `DB_PASSWORD`. */
export function secretName(name: string): Sureness {
  let found = known.get(name);
  if (found === undefined) {
    found = judge(name);
    if (known.size >= mostKnown) known.clear();
    known.set(name, found);
  }
  return found;
}

function judge(name: string): Sureness {
  const plain = name.slice(-64).toLowerCase();
  // `api_key`, `api-key` and `apiKey` are one name.
  const joined = plain.replace(/[_. -]/g, '');
  if (strong.test(joined) || strong.test(plain)) return 'strong';
  return weak.test(plain) ? 'weak' : null;
}
