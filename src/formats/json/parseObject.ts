import type { Json, JsonObject } from '../../event.ts';
import { nestsTooDeep } from './jsonProblem.ts';
import { looseObject } from './looseObject.ts';

/** Numbers that JSON has not, where a value may stand. */
const notNumbers = /([:[,]\s*)(?:-?Infinity|NaN)(?=\s*[,\]}])/g;

/** A comma where nothing follows: behind the last item of a list, or behind a record in a list that was cut into lines. */
const spareComma = /,\s*(?:[\]}]|$)/;

/** A JSON text as a value; `NaN` and `Infinity` become null, commas to spare go. undefined when it is none, or nests too deep. */
export function parseJson(text: string): Json | undefined {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    if (!text.includes('NaN') && !text.includes('Infinity') && !spareComma.test(text)) return undefined;
    try {
      value = JSON.parse(outsideStrings(text)) as Json;
    } catch {
      // Not JSON with odd numbers either: a line like any other.
      return undefined;
    }
  }
  return typeof value === 'object' && value !== null && nestsTooDeep(text, value) ? undefined : value;
}

/** Odd numbers as null and spare commas gone, those in strings left alone. */
const outsideStrings = (text: string): string =>
  text
    .replaceAll(/"(?:[^"\\]|\\.)*"|[^"]+/g, (part) =>
      part.startsWith('"') ? part : part.replaceAll(notNumbers, '$1null').replaceAll(/,(?=\s*[\]}])/g, ''),
    )
    .replace(/,\s*$/, '');

/** The object that a line is, in JSON or as another language prints one; null when it is anything else. */
export function parseObject(line: string): JsonObject | null {
  if (line.charCodeAt(0) !== 123 && line.trimStart().charCodeAt(0) !== 123) return null;
  const value = parseJson(line);
  if (value === undefined) return line.trimEnd().endsWith('}') ? looseObject(line) : null;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
}
