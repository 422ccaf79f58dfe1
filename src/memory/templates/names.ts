/** Dots, underscores or digits inside, and not all capitals (those are states): the spelling of names. */
export function nameLike(text: string): boolean {
  let joined = false;
  let lower = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 97 && c <= 122) lower = true;
    else if (i > 0 && i < text.length - 1 && (c === 46 || c === 95 || c === 64 || c === 47 || (c >= 48 && c <= 57))) joined = true;
  }
  return joined && lower;
}

/** Something to read, and not the spelling of a name or a number. */
export function wordLike(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) return false;
  }
  return text !== '' && !nameLike(text);
}

/** Letters a to f alone: one hex id of six digits in 360 looks like a word, one of eight (the scanner's own limit) in 2,600. */
export function hexLike(text: string): boolean {
  if (text.length < 6) return false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i) | 32;
    if (c < 97 || c > 102) return false;
  }
  return true;
}

/** Capitals and underscores alone: the spelling of a constant. */
export function allCapitals(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c < 65 || c > 90) && c !== 95) return false;
  }
  return text !== '';
}

/** Whether token `i` is a part of the path of a request: only there slashes stand between tokens. */
export const inPath = (glue: readonly string[], i: number): boolean => glue[i]!.endsWith('/');
