import type { Cursor } from './headerCursor.ts';
import { keptLevel, levelHint } from './levelWord.ts';

const columns = /^(?:<(?:[^<>]|<[^<>]*>)*>\s*){3,}$/;

/** A line that is nothing but `<...>` columns from here on (WebLogic): a level and a name among them, the last is the message. */
export function angleColumns(cursor: Cursor): boolean {
  const { text, at, header } = cursor;
  if (cursor.stamp === 'none' || text.length - at > 8192) return false;
  const rest = text.slice(at).trimEnd();
  if (!rest.endsWith('>') || !columns.test(rest)) return false;
  const fields = [...rest.matchAll(/<((?:[^<>]|<[^<>]*>)*)>/g)].map(([, field]) => field!);
  for (const field of fields.slice(0, -1)) {
    if (header.level === '' && levelHint(field, 0, field.length) !== 'none') header.level = keptLevel(field);
    else if (header.component === '' && /^[A-Za-z][\w.-]*$/.test(field)) header.component = field;
  }
  cursor.at = at + rest.lastIndexOf('<') + 1;
  header.bodyEnd = at + rest.length - 1;
  return true;
}
