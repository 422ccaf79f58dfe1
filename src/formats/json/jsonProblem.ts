/** Deeper than any honest record; `JSON.stringify` recurses and would run out of stack some thousand levels down. */
const maxDepth = 200;

/** One token, white space before it included. Sticky, and free of nested repetition, so linear. */
const token =
  /[ \t\r\n]*(?:([{}[\]:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

type Expect = 'value' | 'first value' | 'name' | 'first name' | ':' | ', or end' | 'end';

/** What may come after a value, by what is open around it. */
const afterValue = (open: string[]): Expect => (open.length === 0 ? 'end' : ', or end');

/** The state after a token, or null when it has no place there. Keeps `open` up to date. */
function next(expect: Expect, sign: string | undefined, isString: boolean, open: string[]): Expect | null {
  const inside = open.at(-1);
  if (sign === undefined) {
    if (expect === 'value' || expect === 'first value') return afterValue(open);
    return isString && (expect === 'name' || expect === 'first name') ? ':' : null;
  }
  if ((sign === '{' || sign === '[') && (expect === 'value' || expect === 'first value')) {
    open.push(sign);
    return sign === '{' ? 'first name' : 'first value';
  }
  const closes =
    (sign === '}' && inside === '{' && (expect === 'first name' || expect === ', or end')) ||
    (sign === ']' && inside === '[' && (expect === 'first value' || expect === ', or end'));
  if (closes) {
    open.pop();
    return afterValue(open);
  }
  if (sign === ':' && expect === ':') return 'value';
  if (sign === ',' && expect === ', or end') return inside === '{' ? 'name' : 'value';
  return null;
}

/**
 * Where text that `JSON.parse` refused is broken, with the column (from 1). The engine's own message changes from version
 * to version and often has no place. It holds nothing of the text: reasons are counted, and shown where records are not.
 */
export function jsonProblem(text: string): string {
  const open: string[] = [];
  let expect: Expect = 'value';
  for (let at = 0; ; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    const following: Expect | null = found ? next(expect, found[1], found[2] !== undefined, open) : null;
    if (following !== null) {
      expect = following;
      continue;
    }
    let stop = at;
    while (stop < text.length && ' \t\r\n'.includes(text[stop]!)) stop += 1;
    if (stop >= text.length) return `broken JSON: it ends too soon, at column ${text.length + 1}`;
    return `broken JSON at column ${stop + 1}`;
  }
}

/** Whether a parsed value nests deeper than we take. Short texts cannot. */
export function nestsTooDeep(text: string, value: unknown): boolean {
  return text.length >= 2 * maxDepth && isTooDeep(value);
}

/** The same, of a value whose text is not at hand. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    const below: unknown[] = [];
    for (const item of level) {
      for (const inner of Object.values(item as object)) if (typeof inner === 'object' && inner !== null) below.push(inner);
    }
    level = below;
  }
  return false;
}
