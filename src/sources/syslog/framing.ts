/** A message as it was framed, or what was left of one that could not be taken. */
export type Frame = { kind: 'message'; bytes: Buffer } | { kind: 'refused'; reason: string; original: Buffer };

const newline = 0x0a;
const nul = 0x00;
const space = 0x20;
const lessThan = 0x3c;
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
/** Digits of the longest count that is looked at. */
const mostDigits = 9;
/** How much of a refused message is kept, bytes. */
const keptBytes = 4096;

/**
 * Cuts a stream of syslog into messages: `<count> <message>` or a message a line (RFC 6587, 3.4.1 and 3.4.2), each as
 * it begins. A count is one only where a priority follows it: a line may begin with a number too.
 */
export class Framing {
  readonly #longest: number;
  #held: Buffer = Buffer.alloc(0);
  /** Bytes of a message that is too long and still to be passed over; infinite up to the next line feed. */
  #passing = 0;

  /** @param longest bytes of the longest message that is taken */
  constructor(longest: number) {
    this.#longest = longest;
  }

  push(chunk: Uint8Array): Frame[] {
    this.#held = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    const frames: Frame[] = [];
    for (let next = this.#next(); next !== null; next = this.#next()) if (next !== 'nothing') frames.push(next);
    return frames;
  }

  /** The stream has ended: what was begun is a message, unless its count says that it is not whole. */
  end(): Frame[] {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    if (this.#passing > 0 || rest.length === 0) return [];
    const count = readCount(rest);
    if (typeof count !== 'object') return [{ kind: 'message', bytes: rest }];
    const reason = `the connection ended after ${rest.length - count.from} of ${count.length} bytes of a message`;
    return [{ kind: 'refused', reason, original: rest.subarray(0, keptBytes) }];
  }

  /** Null: more must come first. */
  #next(): Frame | 'nothing' | null {
    if (this.#held.length === 0) return null;
    if (this.#passing > 0) return this.#pass();
    const count = readCount(this.#held);
    if (count === 'unknown') return null;
    return count === 'none' ? this.#line() : this.#counted(count);
  }

  #pass(): 'nothing' | null {
    const end = Number.isFinite(this.#passing) ? this.#passing : this.#held.indexOf(newline) + 1 || Infinity;
    const passed = Math.min(end, this.#held.length);
    this.#passing = end === passed ? 0 : this.#passing - passed;
    this.#held = this.#held.subarray(passed);
    return this.#held.length === 0 ? null : 'nothing';
  }

  #counted({ from, length }: Count): Frame | null {
    if (length > this.#longest) {
      this.#passing = from + length;
      return this.#refuse(length);
    }
    if (this.#held.length < from + length) return null;
    const bytes = this.#held.subarray(from, from + length);
    this.#held = this.#held.subarray(from + length);
    return { kind: 'message', bytes };
  }

  #line(): Frame | 'nothing' | null {
    const end = this.#held.indexOf(newline);
    if (end < 0 && this.#held.length <= this.#longest) return null;
    if (end < 0 || end > this.#longest) {
      this.#passing = end < 0 ? Infinity : end + 1;
      return this.#refuse(end < 0 ? null : end);
    }
    const bytes = trimmed(this.#held.subarray(0, end));
    this.#held = this.#held.subarray(end + 1);
    return bytes.length === 0 ? 'nothing' : { kind: 'message', bytes };
  }

  #refuse(length: number | null): Frame {
    const long = length === null ? 'a message' : `a message of ${length} bytes`;
    const original = Buffer.from(this.#held.subarray(0, keptBytes));
    return { kind: 'refused', reason: `${long} is longer than the limit of ${this.#longest} (max_message)`, original };
  }
}

interface Count {
  /** Where the message begins. */
  from: number;
  length: number;
}

function readCount(bytes: Buffer): Count | 'none' | 'unknown' {
  let at = 0;
  while (at < mostDigits && isDigit(bytes[at])) at += 1;
  if (at === 0 || bytes[0] === 0x30) return 'none';
  if (bytes.length <= at + 1) return at < mostDigits && (bytes.length === at || bytes[at] === space) ? 'unknown' : 'none';
  if (bytes[at] !== space || bytes[at + 1] !== lessThan) return 'none';
  return { from: at + 1, length: Number(bytes.toString('latin1', 0, at)) };
}

/** Without what some senders put in front of their line feed, or in place of it. */
export function trimmed(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === newline || bytes[end - 1] === 0x0d || bytes[end - 1] === nul)) end -= 1;
  return bytes.subarray(0, end);
}
