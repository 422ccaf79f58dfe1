/** A part of a JSON text: from its first character to behind its last. */
export interface Span {
  from: number;
  to: number;
}

const isBlank = (code: number) => code === 32 || code === 9 || code === 10 || code === 13;

export function skipSpace(text: string, at: number): number {
  let next = at;
  while (isBlank(text.charCodeAt(next))) next += 1;
  return next;
}

/** Index behind the string at `at`. */
function stringEnd(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i += 1;
    else if (code === 34) return i + 1;
  }
  return text.length;
}

/** Index behind the value at `at`. The text is valid JSON. */
export function valueEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === 34) return stringEnd(text, at);
  if (first !== 123 && first !== 91) {
    let end = at;
    while (end < text.length && !',]}'.includes(text[end]!) && !isBlank(text.charCodeAt(end))) end += 1;
    return end;
  }
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) i = stringEnd(text, i) - 1;
    else if (code === 123 || code === 91) depth += 1;
    else if ((code === 125 || code === 93) && --depth === 0) return i + 1;
  }
  return text.length;
}

/** Where the elements of the array at `at` stand. */
export function elementSpans(text: string, at: number): Span[] {
  const spans: Span[] = [];
  let next = skipSpace(text, at + 1);
  while (next < text.length && text.charCodeAt(next) !== 93) {
    const to = valueEnd(text, next);
    spans.push({ from: next, to });
    next = skipSpace(text, to);
    if (text.charCodeAt(next) === 44) next = skipSpace(text, next + 1);
  }
  return spans;
}

/** Where the value of a key of the object at `at` begins, the last where it is there twice; -1 when there is none. */
export function memberAt(text: string, at: number, key: string): number {
  let found = -1;
  let next = skipSpace(text, at + 1);
  while (next < text.length && text.charCodeAt(next) === 34) {
    const nameEnd = stringEnd(text, next);
    const value = skipSpace(text, skipSpace(text, nameEnd) + 1);
    if (JSON.parse(text.slice(next, nameEnd)) === key) found = value;
    next = skipSpace(text, valueEnd(text, value));
    if (text.charCodeAt(next) === 44) next = skipSpace(text, next + 1);
  }
  return found;
}
