import { hash53 } from '../../base/digest.ts';
import { makeEntry, makeEvent, type Entry } from '../entry.ts';

const newline = 0x0a;
const brace = 0x7d;

/** Bytes between two places that reading can begin at. */
const apart = 1 << 18;

/** The beginning of every line that this program writes, in ASCII; any other line is read as text. */
const start = /\{"id":"([^"\\\n\u0080-\u00ff]*)","timestamp":"([^"\\\n\u0080-\u00ff]*)","/y;

/** A line of a segment that reading can begin at. */
export interface SeekPoint {
  offset: number;
  /** Its number, from 1. */
  line: number;
  /** Time of the newest event before it, milliseconds since 1970. */
  newest: number;
}

/** What the lines of a segment say together. Plain JSON but for `marks`. */
export interface SegmentFacts {
  /** Bytes that these lines take. */
  bytes: number;
  lines: number;
  /** Of its first good line; null without any. */
  group: string | null;
  /** Whether a line is of another group than the first: no line of this program is. */
  mixed: boolean;
  /** Time of the first and of the last event, milliseconds since 1970; null without any. */
  first: number | null;
  last: number | null;
  /** How far behind the newest line before it a line stands at most, in milliseconds: 0 for a file in order. */
  disorder: number;
  /** Lines that are no event. */
  problems: { line: number; reason: string }[];
  points: SeekPoint[];
  /** A number for each event, by its time and id: two events that are one have the same. */
  marks: number[];
}

const noFacts = (): SegmentFacts => ({
  bytes: 0,
  lines: 0,
  group: null,
  mixed: false,
  first: null,
  last: null,
  disorder: 0,
  problems: [],
  points: [],
  marks: [],
});

/** What an event is told from others by, as a number; never the same for two that differ but by chance. */
export const markEvent = (ms: number, id: string): number => hash53(id, Math.trunc(ms / 0x1_0000_0000) ^ (ms | 0));

/** Reads a segment from its first byte, or goes on behind what is known of it. */
export class SegmentScan {
  /** Of all complete lines so far. */
  readonly facts: SegmentFacts;
  #carried: Buffer[] = [];

  constructor(known: SegmentFacts = noFacts()) {
    this.facts = known;
  }

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const end = bytes.lastIndexOf(newline) + 1;
    if (end === 0) return void this.#carried.push(bytes);
    addLines(this.facts, this.#carried.length === 0 ? bytes.subarray(0, end) : Buffer.concat([...this.#carried, bytes.subarray(0, end)]));
    this.#carried = end < bytes.length ? [bytes.subarray(end)] : [];
  }

  /** With the last line, which may lack its line feed. */
  end(): SegmentFacts {
    if (this.#carried.length === 0) return this.facts;
    const { problems, points, marks, ...rest } = this.facts;
    const all = { ...rest, problems: [...problems], points: [...points], marks: [...marks] };
    const last = Buffer.concat(this.#carried);
    addLines(all, Buffer.concat([last, Buffer.of(newline)]));
    return { ...all, bytes: this.facts.bytes + last.length };
  }
}

/** Takes in a block of complete lines. */
function addLines(facts: SegmentFacts, block: Buffer): void {
  // A byte is a character, so that places in the text are places in the file.
  const text = block.toString('latin1');
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const from = facts.points.at(-1)?.offset ?? 0;
    const offset = facts.bytes + at;
    if (offset - from >= apart && facts.last !== null) facts.points.push({ offset, line: facts.lines + 1, newest: facts.last });
    facts.lines += 1;
    if (end > at) addLine(facts, text, block, at, end);
    at = end + 1;
  }
  facts.bytes += block.length;
}

function addLine(facts: SegmentFacts, text: string, block: Buffer, at: number, end: number): void {
  start.lastIndex = at;
  const found = text.charCodeAt(end - 1) === brace && text.charCodeAt(end - 2) === brace ? start.exec(text) : null;
  const ms = found ? Date.parse(found[2]!) : Number.NaN;
  if (found && !Number.isNaN(ms) && facts.group !== null) return addEvent(facts, ms, found[1]!);
  const entry = makeEntry(block.toString('utf8', at, end));
  if (typeof entry === 'string') return void facts.problems.push({ line: facts.lines, reason: entry });
  facts.group ??= groupIn(entry);
  if (typeof entry.record !== 'string' && entry.record.group_id !== facts.group) facts.mixed = true;
  addEvent(facts, entry.ms, entry.id);
}

function groupIn(entry: Entry): string | null {
  const event = makeEvent(entry);
  return typeof event === 'string' ? null : event.group_id;
}

function addEvent(facts: SegmentFacts, ms: number, id: string): void {
  const { first, last } = facts;
  if (last !== null && ms < last) facts.disorder = Math.max(facts.disorder, last - ms);
  if (last === null || ms > last) facts.last = ms;
  if (first === null || ms < first) facts.first = ms;
  facts.marks.push(markEvent(ms, id));
}
