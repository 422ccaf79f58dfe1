import { createHash } from 'node:crypto';

/** Longest name, in characters, before a long id is shortened: 255 bytes is what file systems take, less room for endings. */
const maxLength = 180;

/** Names Windows keeps for devices, with or without an ending. */
const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/;

/** Lower case only, so that ids that differ in case stay apart where the file system ignores it. */
const plain = /[a-z0-9_.-]/;

const percent = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** UTF-8, with a lone surrogate as its own three bytes: `TextEncoder` would make all of them the same character. */
function encodeBytes(character: string): Iterable<number> {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0xd800 || code > 0xdfff) return new TextEncoder().encode(character);
  return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)];
}

/**
 * A file or folder name for an id, whatever the id holds. Ids of lower-case letters, digits, `-`, `_` and inner dots are
 * their own name; every other character is percent-encoded, so that no two ids share a name, not even where the file
 * system ignores case, and none can leave its folder. An id whose name would be too long keeps its beginning and ends in
 * `~` and its SHA-256. `decodeURIComponent` turns all but those back into the id.
 */
export function encodeName(id: string): string {
  if (id === '') return '%';
  let name = '';
  for (const character of id) {
    name += plain.test(character) ? character : Array.from(encodeBytes(character), percent).join('');
    if (name.length > maxLength) return shortened(id, name);
  }
  // A leading dot hides a file, `.` and `..` are folders, a leading dash is an option to many a tool, and Windows drops a
  // dot at the end.
  if (/^[.-]/.test(name)) name = `${percent(name.charCodeAt(0))}${name.slice(1)}`;
  if (name.endsWith('.')) name = `${name.slice(0, -1)}${percent(0x2e)}`;
  return reserved.test(name) ? `${percent(name.charCodeAt(0))}${name.slice(1)}` : name;
}

function shortened(id: string, name: string): string {
  // UTF-16 code units, since UTF-8 would make lone surrogates equal.
  const digest = createHash('sha256').update(Buffer.from(id, 'utf16le')).digest('hex');
  const start = name
    .slice(0, 100)
    .replace(/^[.-]/, (first) => percent(first.charCodeAt(0)))
    .replace(/%.?$/, '');
  return `${reserved.test(start) ? `_${start}` : start}~${digest}`;
}
