/**
 * How sure a name is that its value is a secret: `strong` whatever the value looks like, `weak` when the value may also be
 * a word (`token: expired`), null when it names none (`max_tokens`, `token_count`, `secretary`).
 */
export type Sureness = 'strong' | 'weak' | null;

const strong =
  /(?:password|passwd|passphrase|passcode|passwort|kennwort|contrase(?:n|ñ)a|motdepasse|senha|wachtwoord|mnemonic|secret|(?:api|access|secret|private|account|signing|encryption|master|auth|sharedaccess)key|passwordhash|(?:store|key|[_.-])pass|(?:^|[_.-])pwd?)$/;
const weak =
  /(?:token|authorization|credentials?|cookie|(?:^|[_.-])(?:otp|jwt|sig|signature)|(?:^|\W)pass|[jp]h?p?sess(?:ion)?id|(?:licen[sc]e|subscription|consumer|shared|storage|hmac|session|service|deploy|webhook|client|integration)[_. -]?key)$/;

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

/** `smtpPass`: a word of its own by its capital. */
const camelPass = /[a-z0-9]Pass$/;

function judge(name: string): Sureness {
  const plain = name.slice(-64).toLowerCase();
  // `api_key`, `api-key` and `apiKey` are one name.
  const joined = plain.replace(/[_. -]/g, '');
  if (strong.test(joined) || strong.test(plain) || camelPass.test(name)) return 'strong';
  return weak.test(plain) ? 'weak' : null;
}
