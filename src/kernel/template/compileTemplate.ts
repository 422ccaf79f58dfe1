import { fieldAt } from '../../../config/scalars.ts';
import type { Event } from '../../event.ts';

/** The text a template makes of an event, or the field it lacks. */
export type Filled = string | { missing: string };

type Part = (event: Event) => string | undefined;

/**
 * Compiles `{source}:{metadata.component}` once, so that filling it in costs a few look-ups. A name is looked up in the
 * event, then in its metadata; text outside braces stands as it is. Numbers and booleans are written out; objects,
 * null and empty text count as missing. Throws a RangeError for a brace without its partner.
 */
export function compileTemplate(template: string): (event: Event) => Filled {
  const parts: (string | { name: string; read: Part })[] = [];
  for (let at = 0; at < template.length;) {
    const open = template.indexOf('{', at);
    const text = template.slice(at, open < 0 ? template.length : open);
    if (text.includes('}')) throw new RangeError(`"${template}" has a } without its {`);
    if (text) parts.push(text);
    if (open < 0) break;
    const close = template.indexOf('}', open);
    if (close < 0) throw new RangeError(`"${template}" has a { without its }`);
    const name = template.slice(open + 1, close).trim();
    if (name === '' || name.includes('{')) throw new RangeError(`"${template}" has braces without a field name`);
    parts.push({ name, read: compilePart(name) });
    at = close + 1;
  }
  const [only] = parts;
  // The usual key is one field, and is asked for of every event.
  if (parts.length === 1 && typeof only === 'object') return (event) => only.read(event) ?? { missing: only.name };
  return (event) => {
    let out = '';
    for (const part of parts) {
      if (typeof part === 'string') {
        out += part;
        continue;
      }
      const value = part.read(event);
      if (value === undefined) return { missing: part.name };
      out += value;
    }
    return out;
  };
}

/** As `compileTemplate`, of a template or the name of one field alone: `service`, `{service}-{metadata.region}`. */
export const compileField = (given: string): ((event: Event) => Filled) => compileTemplate(given.includes('{') ? given : `{${given}}`);

/** Reads a field of the event or, where it has none of that name, of its metadata. */
function compilePart(path: string): Part {
  switch (path) {
    case 'id':
    case 'timestamp':
    case 'source':
    case 'group_id':
    case 'text':
      return (event) => writeValue(event[path]);
    default: {
      const dotted = path.includes('.');
      return (event) =>
        writeValue((dotted ? fieldAt(event, path) : undefined) ?? (dotted ? fieldAt(event.metadata, path) : readOwn(event.metadata, path)));
    }
  }
}

function readOwn(record: object | undefined, name: string): unknown {
  return record && Object.hasOwn(record, name) ? (record as Record<string, unknown>)[name] : undefined;
}

/** A scalar as text; undefined for what no template can hold. */
export function writeValue(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
