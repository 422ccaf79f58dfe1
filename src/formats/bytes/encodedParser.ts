import type { Json } from '../../event.ts';
import type { FormatItem, Parser, ParserPosition } from '../format.ts';
import { detectEncoding, isPlainStart, lookBytes, type Encoding } from './encoding.ts';

/** A place in the text, in bytes of UTF-8 and in bytes of the stream. */
interface Mark {
  utf8: number;
  raw: number;
}

/** What a position of a stream in two-byte text, or of a refused one, holds; others hold what their format needs, as it is. */
type State = { encoding: 'utf-16le' | 'utf-16be' | 'refused'; utf8: number; inner: Json };

const isState = (state: Json): state is State =>
  typeof state === 'object' && state !== null && !Array.isArray(state) && 'encoding' in state;

const encoder = new TextEncoder();

/**
 * Looks at the first bytes of a stream: UTF-8 goes to the format as it is, UTF-16 is turned into it, and what is no text is
 * refused in one sentence. Positions are those of the stream; the offsets of records count bytes of UTF-8.
 */
export class EncodedParser implements Parser {
  readonly #create: (from: ParserPosition | null) => Parser;
  #inner: Parser | null = null;
  #encoding: Encoding | null = null;
  #look = new Uint8Array(0);
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  /** Line ends that are not behind the position yet, in order; the first is where it stands. */
  #marks: Mark[] = [];
  /** Code units decoded, and bytes they make in UTF-8. */
  #raw = 0;
  #utf8 = 0;
  #skip = 0;

  constructor(create: (from: ParserPosition | null) => Parser, from: ParserPosition | null) {
    this.#create = create;
    if (from === null || from.offset === 0) return;
    if (!isState(from.state)) this.#decide({ kind: 'utf-8' }, from);
    else if (from.state.encoding === 'refused') this.#decide({ kind: 'refused', reason: '' }, null);
    else this.#goOn(from.state, from);
  }

  #goOn({ encoding, utf8, inner }: State, from: ParserPosition): void {
    this.#decide({ kind: encoding as 'utf-16le' | 'utf-16be', bom: 0 }, { offset: utf8, line: from.line, state: inner });
    // A place found by its line end alone lies in the midst of a character: the zero behind it.
    this.#skip = from.offset % 2;
    this.#raw = from.offset + this.#skip;
    this.#utf8 = utf8;
    this.#marks = [{ utf8, raw: this.#raw }];
  }

  push(chunk: Uint8Array): FormatItem[] {
    if (this.#encoding) return this.#feed(chunk);
    const look = new Uint8Array(this.#look.length + chunk.length);
    look.set(this.#look);
    look.set(chunk, this.#look.length);
    this.#look = look;
    return look.length >= lookBytes || isPlainStart(look.subarray(0, lookBytes)) ? this.#start() : [];
  }

  flush(): FormatItem[] {
    return [...this.#start(), ...(this.#inner?.flush() ?? [])];
  }

  end(): FormatItem[] {
    const items = this.#start();
    if (this.#inner === null) return items;
    const rest = this.#decoder?.decode() ?? '';
    const more = rest === '' ? [] : this.#inner.push(encoder.encode(rest));
    const last = this.#inner.end();
    this.#marks.push({ utf8: this.#utf8, raw: this.#raw });
    return [...items, ...more, ...last];
  }

  position(): ParserPosition {
    if (this.#encoding === null) return { offset: 0, line: 0, state: null };
    const kind = this.#encoding.kind;
    if (kind === 'refused') return { offset: this.#raw, line: 0, state: { encoding: 'refused', utf8: 0, inner: null } satisfies State };
    const { offset, line, state } = this.#inner!.position();
    if (kind === 'utf-8') return { offset, line, state };
    while (this.#marks.length > 1 && this.#marks[1]!.utf8 <= offset) this.#marks.shift();
    const { raw } = this.#marks[0]!;
    return { offset: raw, line, state: { encoding: kind, utf8: offset, inner: state } satisfies State };
  }

  /** Decides by what has come. */
  #start(): FormatItem[] {
    if (this.#encoding || this.#look.length === 0) return [];
    const bytes = this.#look;
    this.#look = new Uint8Array(0);
    // The same bytes decide however many are at hand: a first line of plain text alone, else so many.
    const head = bytes.subarray(0, lookBytes);
    const encoding = detectEncoding(isPlainStart(head) ? head.subarray(0, head.indexOf(10) + 1) : head);
    this.#decide(encoding, null);
    if (encoding.kind === 'refused') {
      this.#raw = bytes.length;
      return [{ kind: 'refusal', reason: encoding.reason, original: '', line: 1, offset: 0 }];
    }
    return this.#feed(bytes);
  }

  #decide(encoding: Encoding, from: ParserPosition | null): void {
    this.#encoding = encoding;
    if (encoding.kind === 'refused') return;
    this.#inner = this.#create(from);
    if (encoding.kind === 'utf-8') return;
    this.#decoder = new TextDecoder(encoding.kind);
    this.#raw = encoding.bom;
    this.#marks = [{ utf8: 0, raw: 0 }];
  }

  #feed(chunk: Uint8Array): FormatItem[] {
    if (this.#encoding!.kind === 'refused') {
      this.#raw += chunk.length;
      return [];
    }
    if (!this.#decoder) return this.#inner!.push(chunk);
    const bytes = this.#skip > 0 && chunk.length > 0 ? chunk.subarray(1) : chunk;
    if (chunk.length > 0) this.#skip = 0;
    const text = this.#decoder.decode(bytes, { stream: true });
    if (text === '') return [];
    for (let at = 0; at < text.length;) {
      const end = text.indexOf('\n', at) + 1;
      const stop = end === 0 ? text.length : end;
      this.#utf8 += Buffer.byteLength(text.slice(at, stop));
      this.#raw += 2 * (stop - at);
      if (end > 0) this.#marks.push({ utf8: this.#utf8, raw: this.#raw });
      at = stop;
    }
    return this.#inner!.push(encoder.encode(text));
  }
}
