/**
 * Unpacks a block of snappy. Throws a RangeError for bytes that are none, or that would be larger than `most` bytes: every
 * length is held against what is left, so that hostile bytes cost no more than they weigh.
 * Source: google/snappy, format_description.txt.
 */
export function unpackSnappy(packed: Uint8Array, most: number): Uint8Array {
  const { value: size, next } = readVarint(packed);
  if (size > most) throw new RangeError(`more than ${most} bytes unpacked`);
  const out = Buffer.alloc(size);
  let from = next;
  let to = 0;
  while (from < packed.length) {
    const tag = packed[from]!;
    const kind = tag & 3;
    if (kind === 0) {
      const { length, bytes } = readLiteral(packed, from);
      from += 1 + bytes;
      if (length > packed.length - from || length > size - to) throw new RangeError('a literal is cut off');
      out.set(packed.subarray(from, from + length), to);
      from += length;
      to += length;
      continue;
    }
    const width = kind === 3 ? 4 : kind;
    const length = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
    const offset = readNumber(packed, from + 1, width) + (kind === 1 ? (tag >> 5) << 8 : 0);
    if (offset === 0 || offset > to || length > size - to) throw new RangeError('a copy leads nowhere');
    // What is copied may overlap what it makes: a short piece is repeated.
    for (let i = 0; i < length; i += 1) out[to + i] = out[to + i - offset]!;
    from += 1 + width;
    to += length;
  }
  if (to !== size) throw new RangeError(`${to} bytes where ${size} were promised`);
  return out;
}

/** The unpacked length, 32 bits, seven at a time. */
function readVarint(bytes: Uint8Array): { value: number; next: number } {
  let value = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) break;
    value += (byte & 127) * 2 ** (7 * at);
    if (byte < 128) return { value, next: at + 1 };
  }
  throw new RangeError('no length');
}

/** The length of a literal, and in how many bytes behind its tag it is written. */
function readLiteral(bytes: Uint8Array, at: number): { length: number; bytes: number } {
  const short = bytes[at]! >> 2;
  if (short < 60) return { length: short + 1, bytes: 0 };
  return { length: 1 + readNumber(bytes, at + 1, short - 59), bytes: short - 59 };
}

/** A number of so many bytes, the least first. */
function readNumber(bytes: Uint8Array, at: number, width: number): number {
  if (at + width > bytes.length) throw new RangeError('cut off');
  let value = 0;
  for (let i = width - 1; i >= 0; i -= 1) value = value * 256 + bytes[at + i]!;
  return value;
}
