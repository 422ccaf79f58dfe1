const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const strict = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/** UTF-8 as text; what is none becomes U+FFFD. A byte order mark is kept. */
export const decode = (bytes: Uint8Array): string => lenient.decode(bytes);

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
