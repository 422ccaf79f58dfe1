import { marker, type Mask } from './kinds.ts';

/**
 * A secret that a sentence tells: its name, at most whose it is, a verb, and it. Every repetition is bounded.
 */
const sentences =
  /(\b(?:pass(?:word|wd|phrase|code)|secret|token|(?:api|access|secret|signing)[ _-]?key)(?: (?:for|of)(?: user)? [\w.@-]{1,64})?(?: (?:(?:is|was|has been) )?(?:set|changed|reset) to| (?:is |was )?generated for [\w.@-]{1,64}:| (?:is|was)(?: now)?)? )(?:(["'`])([^"'`\r\n]{4,256})\2|([^\s"'`]{6,256}))/gi;

/** A name and its password one behind the other, as in .netrc, in routers and in SQL. */
const pairs =
  /(\b(?:login|user(?:name)?|machine)\s{1,4}\S{1,64}\s{1,4}(?:password|secret)\s{1,4}(?:\d\s{1,4})?|\bidentified by ["'])([^\s"']{4,256})/gi;

/** A number that is sent to be typed in once. */
const codes = /(\b(?:verification|security|login|one-time|confirmation|access|sms) (?:code|pin)(?: is|:) )(\d{4,8})(?!\d)/gi;

const isMixed = (value: string) => /\d/.test(value) && /[A-Za-z]/.test(value);
/** Nothing of an id, a name or a path in it. */
const isDrawn = (value: string) => value.length >= 16 && /^[A-Za-z0-9+/=_]+$/.test(value) && isMixed(value);

function isGiven(before: string, quoted: string | undefined, bare: string | undefined): boolean {
  const isPassword = /^pass/i.test(before);
  // `with password '...'` has a name and its value; `secret "db-credentials-v2"` has a name of a secret.
  const hasVerb = / (?:is|was|to|now) $|: $/i.test(before);
  const value = quoted ?? bare ?? '';
  if (value.startsWith('[redacted')) return false;
  if (!isPassword) return isDrawn(value) && (hasVerb || quoted !== undefined);
  return quoted === undefined ? hasVerb && isMixed(value) : /[^a-z]/.test(value) && !value.includes(' ');
}

/** What each of the three begins with; most texts have none of it. */
const begins = {
  sentence: /(?:pass(?:word|wd|phrase|code)|secret|token|key) /i,
  pair: /login|user|machine|identified/i,
  code: /(?:code|pin)(?: is|:) /i,
};

function maskSentences(text: string, found: (many: number) => void): string {
  return text.replace(
    sentences,
    (whole: string, before: string, quote: string | undefined, quoted: string | undefined, bare: string | undefined) => {
      if (!isGiven(before, quoted, bare)) return whole;
      found(1);
      return `${before}${quote ?? ''}${marker('secret')}${quote ?? ''}`;
    },
  );
}

function maskPairs(text: string, found: (many: number) => void): string {
  return text.replace(pairs, (whole: string, before: string, value: string) => {
    if (value.startsWith('[redacted') || /^[a-z]+$/.test(value)) return whole;
    found(1);
    return before + marker('secret');
  });
}

function maskCodes(text: string, found: (many: number) => void): string {
  return text.replace(codes, (_, before: string) => {
    found(1);
    return before + marker('code');
  });
}

/** Masks what a sentence tells: `the password for bob is ...`, `using token "..."`, `your verification code is ...`. */
export const maskProse: Mask = (text, found) => {
  let out = begins.sentence.test(text) ? maskSentences(text, found) : text;
  if (begins.pair.test(out)) out = maskPairs(out, found);
  return begins.code.test(out) ? maskCodes(out, found) : out;
};
