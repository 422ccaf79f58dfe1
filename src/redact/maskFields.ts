import { marker, type Mask } from './kinds.ts';
import { secretName } from './secretName.ts';
import { isSecretValue } from './secretValue.ts';

/**
 * The last words of a secret's name and what stands between it and its value: `=`, `:`, `=>`, `>` of a tag, or a blank
 * behind a command line flag. Quotes may stand around the name, with any number of backslashes (JSON within JSON).
 */
const nameThenSign =
  /((?:--?(?:[a-z][a-z-]{0,40}-)?)?(?:password|passwd|passphrase|passcode|passwort|kennwort|contrase[nñ]a|mot_?de_?passe|senha|wachtwoord|mnemonic|password_?hash|pwd|(?<=[_.-])pw|pass|secret|token|(?:api|access|secret|private|account|signing|encryption|master|auth|licen[sc]e|subscription|consumer|shared|storage|hmac|session|service|deploy|webhook|client|integration)[_ .-]?key|authorization|credentials?|cookie|jsessionid|phpsessid|otp|jwt|signature|sig))(\\{0,8}["']?)(\s{0,4}(?:=>|->|[:=>])\s{0,4}|\s{1,4}value\s{0,2}=\s{0,2}|\s{1,4}(?=[^\s=:-]))/gi;

/** Longest value that is taken for one. */
const longest = 8192;
const scheme = /^(?:Bearer|Basic|Token|Digest|ApiKey)\s+/i;

/** What ends a value: of a header the line, of an XML element the next tag, else white space, or a comma before the next name. */
const ends = { header: /["'\r\n]/g, element: /[<\r\n]/g, word: /[\s;&"'\\]|,(?=[A-Za-z_][\w.-]{0,40}\s?[=:])/g };

function stopAt(text: string, start: number, end: RegExp): number {
  const limit = Math.min(text.length, start + longest);
  end.lastIndex = 0;
  const at = end.exec(text.slice(start, limit))?.index;
  return at === undefined ? limit : start + at;
}

interface Found {
  start: number;
  end: number;
  quoted: boolean;
}

/** Where a quoted value ends: at its quote with no more backslashes in front than the opening one had. In doubt, later. */
function closingQuote(text: string, start: number, quote: string, depth: number): number {
  const limit = Math.min(text.length, start + longest);
  for (let at = text.indexOf(quote, start); at >= 0 && at < limit; at = text.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (at - slashes > start && text[at - slashes - 1] === '\\') slashes += 1;
    // At the outermost level a pair of backslashes is one that is escaped itself.
    if (depth === 0 ? slashes % 2 === 0 : slashes <= depth) return at - Math.min(slashes, depth);
  }
  return limit;
}

/** Where the value that begins at `at` ends. */
function valueAt(text: string, at: number, sign: string, wholeHeader: boolean): Found {
  const [open = '', slashes = '', quote] = /^(\\{0,8})(["'])/.exec(text.slice(at, at + 10)) ?? [];
  if (quote !== undefined) {
    return { start: at + open.length, end: closingQuote(text, at + open.length, quote, slashes.length), quoted: true };
  }
  const start = at + (scheme.exec(text.slice(at, at + 16))?.[0].length ?? 0);
  const stopped = stopAt(text, start, wholeHeader ? ends.header : sign.includes('>') && !sign.includes('=') ? ends.element : ends.word);
  const value = text.slice(start, stopped);
  let { length } = value;
  // Punctuation of the sentence around it.
  while (!wholeHeader && length > 0 && ',.:)]}|'.includes(value[length - 1]!)) length -= 1;
  return { start, end: start + length, quoted: false };
}

/** What stands in front of a word that is a secret's name only as the end of one: `smtpPass`, `-storepass`, but not `bypass`. */
const wholeName = (text: string, at: number): string => /[\w.-]*$/.exec(text.slice(Math.max(0, at - 40), at))![0];

const isBoundary = (text: string, at: number) => at === 0 || !/[a-z]/.test(text[at - 1]!) || /[A-Z]/.test(text[at]!);

/** Masks values by the name beside them: `password=...`, `"apiKey": "..."`, `--token ...`, `<secret>...</secret>`. */
export const maskFields: Mask = (text, found) => {
  let out = '';
  let done = 0;
  nameThenSign.lastIndex = 0;
  for (let match = nameThenSign.exec(text); match; match = nameThenSign.exec(text)) {
    const [whole, matched = '', closing = '', sign = ''] = match;
    const name = /pass$/i.test(matched) ? wholeName(text, match.index) + matched : matched;
    const flag = name.startsWith('-');
    const blank = sign.trim() === '';
    const at = match.index + whole.length;
    const sure = secretName(name);
    if (sure === null || (blank && !flag) || (!isBoundary(text, match.index) && /^(?:otp|jwt|sig|pwd|signature)$/i.test(name))) continue;
    const value = valueAt(text, at, sign, /cookie$/i.test(name) && sign.includes(':'));
    const words = text.slice(value.start, value.end);
    const cookie = /cookie$/i.test(name) && words.includes('=');
    const assigned = cookie || sign.includes('=') || sign.includes('>') || blank || closing !== '' || value.quoted;
    const last = /^[ \t]*(?:$|[\r\n,;}])/.test(text.slice(value.end, value.end + 8));
    // `PWD=/srv/app` is where a shell stands.
    const path = /pwd$/i.test(name) && words.startsWith('/');
    if (!path && isSecretValue(words, { sure, assigned, last })) {
      out += text.slice(done, value.start) + marker('secret');
      done = value.end;
      found(1);
    }
    // Behind a value, not in it: what is quoted in there belongs to it.
    if (value.end > nameThenSign.lastIndex && done === value.end) nameThenSign.lastIndex = value.end;
  }
  return done === 0 ? text : out + text.slice(done);
};
