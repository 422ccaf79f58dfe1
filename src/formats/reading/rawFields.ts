import type { JsonObject } from '../../event.ts';
import { leaves, type Leaf } from './leaves.ts';

/** What a raw record looks like, and the fields that can be seen in it. */
export interface RawFields {
  kind: RecordKind;
  fields: readonly Leaf[];
}

/** In words, as they are shown. */
export type RecordKind = 'JSON' | 'JSON lines' | 'journald JSON' | 'container JSON' | 'text with JSON' | 'logfmt' | 'CSV' | 'text lines';

const pair = /(?:^|\s)([A-Za-z_][\w.@-]*)=("(?:[^"\\]|\\.)*"|\S*)/g;
const delimiters = [',', ';', '\t', '|'] as const;

/**
 * Sees the fields of a record as it was written: of JSON, of JSON behind a header, of a row under a header line, of
 * `name=value` pairs. Text has none.
 * @param raw the record
 * @param header the first line of the input, which may name columns
 */
export function rawFields(raw: string, header: string): RawFields {
  const whole = parseObject(raw);
  if (whole) return { kind: kindOfObject(whole, raw), fields: leaves(whole) };
  const row = rowFields(raw, header);
  if (row) return { kind: 'CSV', fields: row };
  const at = raw.indexOf('{');
  const inner = at > 0 ? parseObject(raw.slice(at)) : null;
  if (inner) return { kind: 'text with JSON', fields: leaves(inner) };
  const pairs = [...raw.matchAll(pair)].map(([, path, value]) => ({ path: path!, value: unquote(value!) }));
  return pairs.length >= 3 ? { kind: 'logfmt', fields: pairs } : { kind: 'text lines', fields: [] };
}

function kindOfObject(record: JsonObject, raw: string): RecordKind {
  if (Object.hasOwn(record, '__REALTIME_TIMESTAMP')) return 'journald JSON';
  if (['log', 'stream', 'time'].every((key) => Object.hasOwn(record, key))) return 'container JSON';
  return raw.trimEnd().includes('\n') ? 'JSON' : 'JSON lines';
}

function parseObject(text: string): JsonObject | null {
  if (!/^\s*\{/.test(text)) return null;
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    // It only looks like JSON; it is shown as the text it is.
    return null;
  }
}

/** The cells of a row by the names in the header; null where it has not as many cells. */
function rowFields(raw: string, header: string): Leaf[] | null {
  for (const delimiter of delimiters) {
    const names = splitCells(header, delimiter);
    if (names.length < 2 || raw.trimEnd() === header.trimEnd()) continue;
    const cells = splitCells(raw, delimiter);
    if (cells.length === names.length && names.every((name) => name.length < 64 && !/^\d/.test(name)))
      return cells.map((value, i) => ({ path: names[i]!, value }));
  }
  return null;
}

/** Cells of a line, quoted ones taken out of their quotes (RFC 4180). */
function splitCells(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at]!;
    if (quoted && character === '"' && line[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === delimiter) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  return [...cells, cell.trim()];
}

const unquote = (value: string): string => (value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value);
