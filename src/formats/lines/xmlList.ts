import type { JsonObject } from '../../event.ts';
import { isTimed, openingTag, skipOther, xmlRecord } from './xmlRecord.ts';

/** An element within a list, and where it stands in its text. */
export interface Listed {
  record: JsonObject;
  from: number;
  raw: string;
}

/**
 * The records of an element around many: those within it, at least two and all called alike, each of which says when. null when
 * it is one record, or none.
 */
export function xmlList(text: string): Listed[] | null {
  const list: Listed[] = [];
  let depth = 0;
  let name = '';
  let from = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const start = at;
    const skipped = skipOther(text, at);
    if (skipped) {
      at = skipped.end;
      continue;
    }
    const ends = text.charCodeAt(at + 1) === 47;
    const tag = ends ? null : openingTag(text, at);
    at = ends ? text.indexOf('>', at) + 1 : (tag?.end ?? 0);
    if (at === 0) return null;
    if (ends) depth -= 1;
    else if (depth === 1) {
      if (name !== '' && name !== tag!.name) return null;
      name = tag!.name;
      from = start;
    }
    if (depth === 1 && (ends || tag!.closed)) {
      const raw = text.slice(from, at);
      const record = xmlRecord(raw);
      if (record === null || !isTimed(record)) return null;
      list.push({ record, from, raw });
    }
    if (!ends && !tag!.closed) depth += 1;
  }
  return depth === 0 && list.length > 1 ? list : null;
}
