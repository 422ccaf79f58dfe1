import type { JsonObject } from '../../event.ts';
import { setOwn } from '../json/setOwn.ts';

const field = /^\s*([A-Z_][A-Z0-9_]*)=(.*)$/s;

/** Whether a line begins a record of `journalctl -o export`: a field of the journal's own by itself. */
export const opensBlock = (text: string): boolean => text.charCodeAt(0) === 95 && /^__[A-Z_]+=/.test(text);

/** Whether a line is a field of such a record. */
export const isField = (text: string): boolean => field.test(text);

/** Lines `NAME=value` as an object; null when one of them is none. Short names of `-o verbose` become those of the journal. */
export function readBlock(lines: readonly string[]): JsonObject | null {
  const record: JsonObject = {};
  for (const line of lines) {
    const found = field.exec(line);
    if (!found) return null;
    setOwn(record, found[1]!, found[2]!);
  }
  return record;
}
