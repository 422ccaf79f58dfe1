import type { Json, JsonObject } from '../../event.ts';
import { plainName, usualNames } from './fieldNames.ts';

/** Longer ones are lines like any other. */
const longest = 64 * 1024;

const words: Readonly<Record<string, string>> = {
  nil: 'null',
  None: 'null',
  null: 'null',
  undefined: 'null',
  True: 'true',
  False: 'false',
  true: 'true',
  false: 'false',
};
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** A quoted text, a sign, or what stands without quotes up to the next sign. */
const token = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|=>|[{}[\],:]|[^\s{}[\],:=>"']+/gy;
/** A value without quotes, which may be a time of day. */
const bareValue = /[^\s{}[\],"'][^{}[\],"'\n]*/y;

const usual = new Set([...usualNames.text, ...usualNames.timestamp]);

const singled = (text: string): string =>
  JSON.stringify(
    text.slice(1, -1).replaceAll(/\\(['"\\])|\\n/g, (whole, sign: string | undefined) => sign ?? (whole === '\\n' ? '\n' : whole)),
  );

function literal(text: string): string {
  if (Object.hasOwn(words, text)) return words[text]!;
  return number.test(text) ? text : JSON.stringify(text);
}

/** The text as JSON; null when a sign stands where it cannot. */
function toJson(text: string): string | null {
  let json = '';
  /** What is open, and whether a value is what comes next. */
  const open: string[] = [];
  let isValue = false;
  for (let at = 0; at < text.length;) {
    if (text.charCodeAt(at) <= 32) {
      at += 1;
      continue;
    }
    token.lastIndex = at;
    const part = token.exec(text)?.[0];
    if (part === undefined) return null;
    at += part.length;
    if (part === '{' || part === '[') open.push(part);
    else if (part === '}' || part === ']') open.pop();
    if ('{}[],'.includes(part)) {
      json += part;
      isValue = part !== '{' && (part === '[' || (part === ',' && open.at(-1) === '['));
    } else if (isValue && part !== '=>') {
      json += quoted.test(part) ? asString(part) : literal(bareAt(text, at - part.length));
      if (!quoted.test(part)) at = bareValue.lastIndex;
      isValue = false;
    } else if (part === ':' && !/["\w]$/.test(json)) {
      // A symbol of Ruby: `:name`.
      const symbol = /^\w+/.exec(text.slice(at, at + 80))?.[0];
      if (symbol === undefined) return null;
      json += JSON.stringify(symbol);
      at += symbol.length;
    } else if (part === ':' || part === '=>') {
      json += ':';
      isValue = true;
    } else json += quoted.test(part) ? asString(part) : JSON.stringify(part);
  }
  return json;
}

const quoted = /^["']/;
const asString = (part: string): string => (part.startsWith("'") ? singled(part) : part);

/** The value without quotes at `at`. */
function bareAt(text: string, at: number): string {
  bareValue.lastIndex = at;
  const found = bareValue.exec(text)?.[0] ?? '';
  bareValue.lastIndex = at + Math.max(found.length, 1);
  return found.trimEnd().replace(/^:(?=\w)/, '');
}

/**
 * An object as another language prints it: a hash of Ruby (`{"a"=>nil}`), a dict of Python (`{'a': None}`), an object of
 * JavaScript (`{ a: 'b' }`). null for anything else, and for one that says neither when nor what by a usual name.
 */
export function looseObject(text: string): JsonObject | null {
  if (text.length > longest || !(text.includes('=>') || text.includes("'"))) return null;
  const json = toJson(text);
  if (json === null) return null;
  let value: Json;
  try {
    value = JSON.parse(json) as Json;
  } catch {
    // Not an object after all: a line like any other.
    return null;
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.keys(value as JsonObject).some((key) => usual.has(plainName(key))) ? (value as JsonObject) : null;
}
