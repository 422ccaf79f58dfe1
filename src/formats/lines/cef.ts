import type { JsonObject, Level } from '../../event.ts';
import { setOwn } from '../json/setOwn.ts';

/** `CEF:0|vendor|product|version|id|name|severity|pairs`, `LEEF:2.0|vendor|product|version|id|delimiter|pairs`. */
const start = /^(CEF|LEEF):\d+(?:\.\d+)?\|/;

/** Severities of 0 to 10, or words for them. */
function levelOfSeverity(severity: string): Level | null {
  const word = ({ low: 'INFO', medium: 'WARN', high: 'ERROR', 'very-high': 'FATAL', unknown: null } as const)[severity.toLowerCase()];
  if (word !== undefined) return word;
  const number = /^\d{1,2}$/.test(severity) ? Number(severity) : Number.NaN;
  return number <= 3 ? 'INFO' : number <= 6 ? 'WARN' : number <= 8 ? 'ERROR' : number <= 10 ? 'FATAL' : null;
}

const unescaped = (text: string) => text.replaceAll(/\\([\\|=])/g, '$1');

/** `key=value key=value`, values with blanks in them; `delimiter` where there is a sign between pairs. */
function pairs(text: string, delimiter: string | null): JsonObject {
  const record: JsonObject = {};
  const parts = delimiter !== null && delimiter !== '' ? text.split(delimiter) : text.split(/\s+(?=[\w.[\]-]+=)/);
  for (const part of parts.slice(0, 200)) {
    const equals = part.indexOf('=');
    if (equals > 0) setOwn(record, part.slice(0, equals).trim(), unescaped(part.slice(equals + 1)));
  }
  return record;
}

/** A body in ArcSight's or QRadar's event format as a record with a message and a level; null for anything else. */
export function parseCef(body: string): JsonObject | null {
  const found = start.exec(body);
  if (!found) return null;
  const fields = body.slice(found[0].length).split(/(?<!\\)\|/);
  if (found[1] === 'CEF') {
    if (fields.length < 6) return null;
    const [vendor, product, version, id, name, severity] = fields.map(unescaped) as [string, string, string, string, string, string];
    const extension = pairs(fields.slice(6).join('|'), null);
    const level = levelOfSeverity(severity);
    const message = typeof extension.msg === 'string' && extension.msg !== name ? `${name}: ${extension.msg}` : name;
    return { ...extension, msg: message, product, vendor, version, signature: id, app: product, ...(level !== null && { level }) };
  }
  if (fields.length < 5) return null;
  const [vendor, product, version, id] = fields as [string, string, string, string];
  const sign = fields.length > 5 && fields[4]!.length <= 5 ? findDelimiter(fields[4]!) : null;
  const extension = pairs(fields.slice(sign === null ? 4 : 5).join('|'), sign ?? '\t');
  const level = levelOfSeverity(typeof extension.sev === 'string' ? extension.sev : '');
  return { ...extension, msg: id, product, vendor, version, app: product, ...(level !== null && { level }) };
}

/** `^`, or its code as `x5E` or `0x5E`. */
function findDelimiter(field: string): string {
  const hex = /^(?:0?x)([0-9a-f]{2,4})$/i.exec(field);
  return hex ? String.fromCharCode(Number.parseInt(hex[1]!, 16)) : field;
}
