const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** UTF-8 as text; what is none becomes U+FFFD. A byte order mark is kept. */
export const decode = (bytes: Uint8Array): string => lenient.decode(bytes);

/** The same text, pointing into no other. */
export const detach = (text: string): string => Buffer.from(text).toString();

/** Whether the bytes are UTF-8. Slow where they are not: ask only when the text holds U+FFFD. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export const replacement = '\uFFFD';
export const byteOrderMark = '\uFEFF';

/**
 * Characters of Windows-1252 at 0x80 to 0x9f (unicode.org, CP1252.TXT); a blank where there is none. By a table, since decoders
 * of that name in runtimes differ there.
 */
const western = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Bytes as Windows-1252. */
function decodeWestern(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const char = byte >= 0x80 && byte <= 0x9f ? western[byte - 0x80]! : String.fromCharCode(byte);
    text += char === ' ' && byte !== 32 ? '\u0081' : char;
  }
  return text;
}

/** Characters that no line of text holds: controls, and places that Windows-1252 leaves empty. */
const noText = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f]/;

/**
 * Bytes that are not UTF-8 as text: Windows-1252, of which Latin-1 is the printable part, where no sequence of theirs is UTF-8
 * and all are characters; else what can be read of them, with U+FFFD for the rest.
 * @param lenient the bytes read as UTF-8 with U+FFFD in it
 */
export function decodeOther(bytes: Uint8Array, lenient: string): string {
  for (let i = 0; i < lenient.length; i++) {
    const code = lenient.charCodeAt(i);
    if (code > 127 && code !== 0xfffd) return lenient;
  }
  const text = decodeWestern(bytes);
  return noText.test(text) ? lenient : text;
}
