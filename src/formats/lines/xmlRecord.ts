import type { JsonObject } from '../../event.ts';
import { plainName, usualNames } from '../json/fieldNames.ts';
import { setOwn } from '../json/setOwn.ts';

const mostFields = 200;
const deepest = 32;

/** An element that is open. */
interface Element {
  name: string;
  attributes: [name: string, value: string][];
  text: string;
  /** It holds others. */
  nests: boolean;
}

const opening = /<([A-Za-z_][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y;
const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(?:#(\d{1,7})|(lt|gt|amp|quot|apos));/g, (whole, code: string | undefined, name: string | undefined) =>
        code === undefined ? entities[name!]! : Number(code) <= 0x10ffff ? String.fromCodePoint(Number(code)) : whole,
      )
    : text;

/** The beginning of an element at `at`: its name, whether that is all of it, and the index behind it; null when there is none. */
export function openingTag(text: string, at: number): { name: string; attributes: string; closed: boolean; end: number } | null {
  opening.lastIndex = at;
  const found = opening.exec(text);
  return found && { name: found[1]!, attributes: found[2]!, closed: found[3] === '/', end: at + found[0].length };
}

/** Without its prefix: `log4j:event` is an `event`. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * An element of XML, whole, as a record: attributes of the outermost and the texts of innermost elements are fields, and
 * attributes within are called after both (`Provider Name` is `ProviderName`), or after the element where it has one only. null
 * for anything else.
 */
export function xmlRecord(text: string): JsonObject | null {
  const record: JsonObject = {};
  const open: Element[] = [];
  const parts = new Set<string>();
  let fields = 0;
  const note = (name: string, value: string): void => {
    if (value.trim() === '' || Object.hasOwn(record, name) || ++fields > mostFields) return;
    setOwn(record, name, value.trim());
  };
  for (let at = 0; at < text.length;) {
    const next = text.indexOf('<', at);
    const top = open.at(-1);
    const between = text.slice(at, next < 0 ? text.length : next);
    if (top) top.text += decode(between);
    else if (between.trim() !== '') return null;
    if (next < 0) break;
    if (text.startsWith('</', next)) {
      const end = text.indexOf('>', next);
      if (!top || end < 0 || text.slice(next + 2, end).trim() !== top.name) return null;
      open.pop();
      // Two parts of one name, with parts of their own, are two records.
      if (open.length === 1 && top.nests && parts.size === parts.add(top.name).size) return null;
      close(top, open.length === 0, note);
      at = end + 1;
      if (open.length === 0) return text.slice(at).trim() === '' && fields > 0 ? record : null;
      continue;
    }
    const skipped = skipOther(text, next);
    if (skipped) {
      if (top) top.text += skipped.text;
      at = skipped.end;
      continue;
    }
    const tag = openingTag(text, next);
    if (!tag || open.length >= deepest) return null;
    const element: Element = { name: tag.name, attributes: readAttributes(tag.attributes), text: '', nests: false };
    if (top) top.nests = true;
    at = tag.end;
    if (!tag.closed) open.push(element);
    else close(element, open.length === 0, note);
    if (open.length === 0) return text.slice(at).trim() === '' && fields > 0 ? record : null;
  }
  return null;
}

const timeNames = new Set(usualNames.timestamp);

/** Whether a record says when: an element that does not is the body of something else. */
export const isTimed = (record: JsonObject): boolean => Object.keys(record).some((name) => timeNames.has(plainName(name)));

function readAttributes(text: string): [string, string][] {
  return [...text.matchAll(attribute)]
    .filter(([, name]) => !name!.startsWith('xmlns'))
    .map(([, name, double, single]) => [local(name!), decode(double ?? single ?? '')]);
}

/** Text that is kept as it is, comments and instructions; null for an element. */
export function skipOther(text: string, at: number): { end: number; text: string } | null {
  for (const [start, stop] of [
    ['<![CDATA[', ']]>'],
    ['<!--', '-->'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(start, at)) continue;
    const end = text.indexOf(stop, at);
    if (end < 0) return null;
    return { end: end + stop.length, text: stop === ']]>' ? text.slice(at + start.length, end) : '' };
  }
  return null;
}

/** Writes down what an element says when it ends. */
function close({ name, attributes, text, nests }: Element, outermost: boolean, note: (name: string, value: string) => void): void {
  const called = local(name);
  const title = attributes.find(([key]) => key === 'Name' || key === 'name');
  // `<Data Name="user">ann</Data>`
  const isNamed = title !== undefined && attributes.length === 1 && text.trim() !== '' && !nests;
  if (isNamed) return note(title[1], text);
  if (!nests && text.trim() !== '') note(outermost ? 'message' : called, text);
  for (const [key, value] of attributes) {
    const alone = attributes.length === 1 && text.trim() === '' && key !== 'Name';
    note(outermost ? key : alone ? called : called + key.charAt(0).toUpperCase() + key.slice(1), value);
  }
}
