import type { Event, Json } from '../../event.ts';

/** Where an entity stands in an event: in its text, or in a field beside it. */
export const inText = 'text';
/** Fields within fields that are looked into. */
const deepest = 4;
/** What ends a name; a point, a dash and an underscore may be part of one. */
const part = /[\p{L}\p{N}._-]/u;
const letter = /[\p{L}\p{N}]/u;

/** Whether a text names it as a whole: `dn2` stands in `dn2:50010` and `on dn2.`, not in `dn21` or `web-dn2`; `/data/3` in `/data/3/current`. */
export function namesIt(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before = '', after = ''] = [text[at - 1], text[at + name.length]];
    const next = text[at + name.length + 1] ?? '';
    // A point or a dash behind it belongs to it only where something follows.
    const ends = !part.test(after) || (!letter.test(after) && !letter.test(next));
    if (ends && !part.test(before)) return true;
  }
  return false;
}

/** Every place in which an event names an entity: `text`, and fields by their paths. */
export function findMentions({ text, metadata }: Event, name: string): string[] {
  const found = namesIt(text, name) ? [inText] : [];
  for (const [field, value] of Object.entries(metadata)) lookInto(value, field, name, found, 1);
  return found;
}

function lookInto(value: Json, path: string, name: string, found: string[], depth: number): void {
  if (typeof value === 'string' ? value === name : typeof value === 'number' && String(value) === name) found.push(path);
  else if (Array.isArray(value)) {
    if (value.some((one) => one === name)) found.push(path);
  } else if (typeof value === 'object' && value !== null && depth < deepest)
    for (const [field, inner] of Object.entries(value)) lookInto(inner, `${path}.${field}`, name, found, depth + 1);
}
