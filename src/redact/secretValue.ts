import type { Sureness } from './secretName.ts';

/** Values that only hold the place of a secret. */
const placeholder =
  /^(?:null|nil|none|undefined|true|false|yes|no|empty|redacted|\*+|x{3,}|\.{3}|<[^>]*>|\$\{[^}]*\}?|\$[A-Z_]+|\{\{[^}]*\}*|%[sdv@]|\[redacted.*|\[(?:filtered|masked|hidden)\].*)$/is;

/** A word of prose: small letters only. */
const word = /^[a-z]+$/;

/** `pam_unix(passwd:chauthtok)`, `getPassword()`: what a program does, not what it hides. */
const call = /^[A-Za-z_][\w.]*\(/;

/** Whether a value looks drawn at random: letters and digits mixed, both cases in something long, or very long. */
function looksRandom(value: string): boolean {
  if (value.length < 8) return false;
  if (/\d/.test(value) && /[A-Za-z]/.test(value)) return true;
  if (value.length >= 16 && /[a-z]/.test(value) && /[A-Z]/.test(value)) return true;
  return value.length >= 32;
}

/** How a value stands beside its name. */
export interface ValueContext {
  sure: Exclude<Sureness, null>;
  /** `name=value`, a quoted name or value, a field of a record; false for `name: value`, which may be prose. */
  assigned: boolean;
  /** Nothing of the sentence follows. */
  last: boolean;
}

/** Whether a value beside a secret's name is one. */
export function isSecretValue(value: string, { sure, assigned, last }: ValueContext): boolean {
  if (value === '' || placeholder.test(value)) return false;
  if (!assigned && call.test(value)) return false;
  if (sure === 'strong') return assigned || last || !word.test(value);
  if (!assigned) return looksRandom(value);
  // `token=3` counts or names a token of a parser; a short number is no secret that is worth a mask.
  return value.length >= 4 && !/^-?\d{1,5}(?:\.\d+)?$/.test(value) && !(word.test(value) && value.length < 9);
}

/** A credential behind `Bearer`, `Basic` or `Token`. */
export const isCredential = (value: string): boolean => !placeholder.test(value) && looksRandom(value);
