import { marker } from '../../redact/kinds.ts';
import { Redactor } from '../../redact/redactor.ts';

/**
 * What is an address wherever it stands, inside a longer word too: whatever has an @ in it; four numbers with dots, or with
 * dashes as cloud hosts are called; six pairs of hexadecimal digits, as network cards are. And what may be a key: a long word
 * with letters and digits, in which there is nothing to read.
 */
const unread: readonly [pattern: RegExp, kind: string][] = [
  [/[^\s"'<>()[\]{},;]*@[^\s"'<>()[\]{},;]+/g, 'email'],
  [/\d{1,3}(?:\.\d{1,3}){3}/g, 'ip'],
  [/(?<!\d)\d{1,3}(?:-\d{1,3}){3}(?!\d)/g, 'ip'],
  [/(?<![0-9a-f])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![0-9a-f])/gi, 'mac'],
  [/(?=[A-Za-z0-9+/=_~.-]*\d)(?=[A-Za-z0-9+/=_~.-]*[A-Za-z])[A-Za-z0-9+=_~-]{10,}/g, 'id'],
];

/**
 * A text as it may leave the house: no secrets and no addresses, whatever the pipeline redacts. Stricter than at the door,
 * where a word too many is lost for good: a model needs no more than the words.
 */
export function anonymize(text: string): string {
  const redactor = new Redactor(['secrets', 'emails', 'ips']);
  return unread.reduce((masked, [pattern, kind]) => masked.replace(pattern, marker(kind)), redactor.text(text));
}
