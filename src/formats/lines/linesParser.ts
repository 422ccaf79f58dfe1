// One file, because what a line is depends on the lines before it: one pass, one state.
import type { JsonObject } from '../../event.ts';
import { overlongReason } from '../bytes/limits.ts';
import { LineCutter } from '../bytes/lineCutter.ts';
import { detach } from '../bytes/utf8.ts';
import { originalBytes, type FormatContext, type FormatItem, type Parser, type ParserPosition, type Place } from '../format.ts';
import { skipBlanks } from '../header/words.ts';
import { ItemLog } from '../itemLog.ts';
import { looseObject } from '../json/looseObject.ts';
import { parseJson } from '../json/parseObject.ts';
import { splitObjects, unpack } from '../json/unpack.ts';
import { findFirstDay } from '../time/dayLine.ts';
import { StampClock, type SavedStampClock, type StampOptions } from '../time/stampClock.ts';
import { expectingAfter } from './continuation.ts';
import { emptyFacts, type Facts } from './facts.ts';
import { canonicalFacts, factsDraft } from './lineDraft.ts';
import { isField, opensBlock } from './fieldBlock.ts';
import { extendParagraph, extendRecord, finishRecord, goesOn, markInvalid } from './joining.ts';
import { longestDocument, OpenDocument, opensDocument, opensList, placesIn, type RawLine } from './openDocument.ts';
import { OpenElement, opensElement } from './openElement.ts';
import { newRecord, OpenRecords, type OpenRecord } from './openRecords.ts';
import { opensParagraph } from './paragraphs.ts';
import { readRecord, readText, type ReadContext } from './readText.ts';
import { savedReading, unsettled, type StreamReading } from './streamReading.ts';
import { survey } from './survey.ts';
import { traceRecord } from './traceElement.ts';
import { unwrap, type Wrapped } from './wrapper.ts';
import { xmlList } from './xmlList.ts';
import { isTimed, xmlRecord } from './xmlRecord.ts';

export interface LinesOptions extends StampOptions {
  maxLineBytes: number;
  /** null leaves every line by itself. */
  multiline: { maxLines: number; maxBytes: number } | null;
}

/** `reading` is missing in positions of older releases: those streams are read as they were, line by line. */
type State = { time: number | null; clock: SavedStampClock; reading?: StreamReading };

/** So many lines, or characters of them, are looked at before the first is read. */
const surveyLines = 64;
const surveyChars = 64 * 1024;

/**
 * Raw lines, each decided by itself: JSON gives a record or the many in it, wrappers and headers are peeled, stack traces and
 * indented lines are joined to the line they belong to.
 */
export class LinesParser implements Parser {
  readonly #options: LinesOptions;
  readonly #log: ItemLog;
  readonly #clock: StampClock;
  readonly #cutter: LineCutter;
  readonly #open = new OpenRecords((record) => this.#give(record));
  readonly #reference: number | undefined;
  #context: ReadContext;
  /** Lines waiting for the survey; null once it is made. */
  #held: RawLine[] | null = [];
  #heldChars = 0;
  #document: OpenDocument | null = null;
  #element: OpenElement | null = null;

  constructor(options: LinesOptions, context: FormatContext, from: ParserPosition | null) {
    const state = from?.state as State | null | undefined;
    this.#options = options;
    this.#reference = context.reference;
    this.#log = new ItemLog(state?.time ?? null, context.reference);
    this.#clock = new StampClock(options, context.reference, state?.clock ?? null, context.previous);
    this.#context = { clock: this.#clock, reading: unsettled, fields: {} };
    if (state) this.#settle(savedReading(state.reading) ?? unsettled);
    this.#cutter = new LineCutter(
      { maxLineBytes: options.maxLineBytes, detached: true, limitFor: (start) => (opensList(start) ? longestDocument : 0), from },
      (text, line, offset, invalid) => this.#take({ text, line, offset, invalid }),
      (start, bytes, line, offset) => this.#refuseOverlong(bytes, start, { line, offset }),
    );
  }

  push(chunk: Uint8Array): FormatItem[] {
    this.#cutter.push(chunk);
    return this.#log.take();
  }

  flush(): FormatItem[] {
    if (this.#held !== null && this.#held.length > 0) this.#survey();
    this.#closeAll();
    return this.#log.take(true);
  }

  end(): FormatItem[] {
    this.#cutter.end();
    return this.flush();
  }

  position(): ParserPosition {
    const first = this.#log.firstHeld ?? this.#open.first ?? this.#document?.first ?? this.#element?.lines[0] ?? this.#held?.[0];
    const { offset, line } = first ? { offset: first.offset, line: first.line - 1 } : this.#cutter;
    if (this.#held !== null) return { offset, line, state: null };
    const state: State = {
      time: this.#log.time,
      clock: this.#clock.save(),
      reading: { ...this.#context.reading, order: this.#clock.order },
    };
    return { offset, line, state };
  }

  #refuseOverlong(bytes: number, start: string, place: Place): void {
    this.#survey();
    this.#closeAll();
    this.#log.refuse(overlongReason(bytes, this.#options.maxLineBytes), start, place);
  }

  #take(line: RawLine): void {
    if (line.text.length > this.#options.maxLineBytes) return this.#long(line);
    if (this.#held === null) return this.#line(line, true);
    this.#held.push(line);
    this.#heldChars += line.text.length;
    if (this.#held.length >= surveyLines || this.#heldChars >= surveyChars) this.#survey();
  }

  /** A line over the limit is read where it is a document of many records. */
  #long(line: RawLine): void {
    this.#survey();
    const value = parseJson(line.text);
    const records = value === undefined ? null : unpack(line.text, value);
    if (records === null) return this.#refuseOverlong(Buffer.byteLength(line.text), line.text.slice(0, originalBytes), line);
    this.#whole(line, records);
  }

  /** Settles how the stream is read, by what has come of it, and reads what was held. */
  #survey(): void {
    const held = this.#held;
    if (held === null) return;
    const texts = held.map(({ text }) => text);
    this.#settle(survey(texts, this.#reference, this.#options.dayFirst));
    const scratch = new StampClock(this.#options, this.#reference);
    Object.assign(scratch.order, this.#clock.order);
    findFirstDay(texts, this.#clock, scratch);
    for (const line of held) this.#line(line, true);
  }

  #settle(reading: StreamReading): void {
    this.#held = null;
    this.#context = { ...this.#context, reading };
    Object.assign(this.#clock.order, reading.order);
  }

  /** `documents`: the line may begin a JSON document of several lines. */
  #line(line: RawLine, documents: boolean): void {
    if (this.#document) return this.#intoDocument(this.#document, line);
    if (this.#element) return this.#intoElement(this.#element, line);
    const wrapped = unwrap(line.text, this.#context.reading.column);
    const key = wrapped ? `${wrapped.stream}\0${wrapped.name}` : '';
    const open = this.#open.isEmpty ? undefined : this.#open.of(key);
    if (open?.cut) return this.#glue(open, wrapped, line);
    if (wrapped?.partial) {
      const cut = { text: wrapped.text, raw: line.text, wrapped, invalid: line.invalid };
      return this.#open.add({ ...newRecord(key, line), cut });
    }
    this.#text(line, wrapped?.text ?? line.text, wrapped, key, documents);
  }

  /** Goes on with a line that the runtime cut. */
  #glue(open: OpenRecord, wrapped: Wrapped | null, line: RawLine): void {
    const cut = open.cut!;
    cut.text += wrapped?.text ?? line.text;
    cut.invalid ||= line.invalid;
    // A line the runtime cut is bounded like any other.
    if (wrapped?.partial && cut.text.length < this.#options.maxLineBytes) return;
    this.#readCut(open);
    if (this.#options.multiline === null) this.#open.close(open.key);
  }

  /** Reads a cut line that is whole, or will not get any longer. */
  #readCut(open: OpenRecord): void {
    const { text, raw, wrapped, invalid } = open.cut!;
    open.cut = null;
    const whole = { ...wrapped, partial: false };
    this.#begin(open, readText(text.trimEnd(), whole, this.#context), raw, invalid, text);
  }

  #text(line: RawLine, text: string, wrapped: Wrapped | null, key: string, documents: boolean): void {
    // The separator of records in sequences of JSON (RFC 7464).
    if (text.charCodeAt(0) === 30) return this.#text(line, text.replace(/^\u001e+/, ''), wrapped, key, documents);
    const indent = skipBlanks(text, 0);
    const first = text.charCodeAt(indent);
    if (first === 123 || first === 91) {
      if (this.#json(line, text, wrapped, key, documents && this.#options.multiline !== null)) return;
      // A text that is kept.
      return this.#plain(line, detach(text), wrapped, key, indent);
    } else if (first === 60 && documents && this.#opensElement(text, wrapped, key)) {
      this.#element = new OpenElement();
      return this.#intoElement(this.#element, { ...line, text });
    } else if (isBlank(text, indent)) return this.#open.of(key)?.block ? this.#open.close(key) : undefined;
    else if (this.#intoBlock(line, text, wrapped, key)) return;
    this.#plain(line, text, wrapped, key, indent);
  }

  #plain(line: RawLine, text: string, wrapped: Wrapped | null, key: string, indent: number): void {
    const facts = readText(text, wrapped, this.#context);
    const open = this.#open.of(key);
    const { head } = this.#context.reading;
    const opens = head !== '' && opensParagraph(text, head);
    if (open?.paragraph && !opens && this.#fits(open, text)) return extendParagraph(open, text, facts, line.invalid);
    if (
      open &&
      !opens &&
      this.#options.multiline &&
      goesOn(open, text, facts, wrapped, this.#context.reading.twoLines) &&
      this.#fits(open, text)
    ) {
      return extendRecord(open, text, facts, line.invalid, this.#context.reading.twoLines);
    }
    this.#newRecord(line, text, facts, key, indent);
    if (opens && this.#options.multiline) this.#open.of(key)!.paragraph = true;
  }

  /** A field of a record that is printed one field a line, with a blank line behind it. */
  #intoBlock(line: RawLine, text: string, wrapped: Wrapped | null, key: string): boolean {
    if (this.#options.multiline === null) return false;
    const open = this.#open.of(key);
    if (open?.block) {
      if (isField(text) && this.#fits(open, text)) {
        open.block.push(text);
        open.more.push('');
        open.size += text.length;
        return true;
      }
    } else if (opensBlock(text)) {
      const record = { ...newRecord(key, line), block: [text] };
      this.#begin(record, readText(text, wrapped, this.#context), line.text, line.invalid, text);
      this.#open.add(record);
      return true;
    }
    return false;
  }

  #newRecord(line: RawLine, text: string, facts: Facts, key: string, indent: number): void {
    const record = newRecord(key, line);
    record.indent = indent;
    this.#begin(record, facts, line.text, line.invalid, text);
    record.done = this.#options.multiline === null || facts.json;
    this.#open.add(record);
  }

  #begin(record: OpenRecord, facts: Facts, raw: string, invalid: boolean, text: string): void {
    record.draft = factsDraft(facts, raw, record);
    if (!Number.isNaN(facts.time)) this.#clock.follow(facts.time);
    if (invalid) markInvalid(record.draft);
    record.size = text.length;
    record.stamped = !Number.isNaN(facts.time);
    record.empty = facts.empty;
    // A header by itself has its message on the lines behind it, however many.
    record.expecting = facts.empty ? (text.startsWith('# ') ? 'comment' : 'trace') : expectingAfter(text, 'nothing');
  }

  /** A line that is JSON: a record, the many in it, or the beginning of a document. False when it is none of these. */
  #json(line: RawLine, text: string, wrapped: Wrapped | null, key: string, documents: boolean): boolean {
    const value = parseJson(text);
    const several = value === undefined && !wrapped ? splitObjects(text) : null;
    if (several !== null) return this.#whole(line, several);
    if (value === undefined || typeof value !== 'object' || value === null) {
      if (!documents || wrapped || !opensDocument(text)) return false;
      this.#document = new OpenDocument();
      this.#intoDocument(this.#document, line);
      return true;
    }
    const canonical = wrapped || Array.isArray(value) ? null : canonicalFacts(value, line.text, line, this.#context);
    if (canonical) {
      if (this.#open.isEmpty) this.#log.add(canonical);
      else this.#open.add({ ...newRecord(key, line), draft: canonical, done: true });
      return true;
    }
    const records = unpack(text, value);
    if (records === null || wrapped) return Array.isArray(value) ? false : this.#record(value, line, text, wrapped, key);
    return this.#whole(line, records);
  }

  /** A line that is a document of many records. */
  #whole(line: RawLine, records: NonNullable<ReturnType<typeof unpack>>): true {
    this.#closeAll();
    const document = new OpenDocument();
    document.lines.push(line);
    this.#unpacked(document, records);
    return true;
  }

  #record(value: JsonObject, line: RawLine, text: string, wrapped: Wrapped | null, key: string): true {
    const facts = wrapped ? readText(text, wrapped, this.#context) : readRecord(value, emptyFacts(text), this.#context);
    if (this.#open.isEmpty) {
      const record = newRecord(key, line);
      record.draft = factsDraft(facts, line.text, line);
      if (line.invalid) markInvalid(record.draft);
      this.#give(record);
    } else this.#newRecord(line, text, facts, key, 0);
    return true;
  }

  /** Whether a line begins an element that is a record, and no body of the record before it. */
  #opensElement(text: string, wrapped: Wrapped | null, key: string): boolean {
    const open = this.#open.of(key);
    return wrapped === null && this.#options.multiline !== null && !(open?.stamped && !open.done) && opensElement(text);
  }

  #intoElement(element: OpenElement, line: RawLine): void {
    const state = element.add(line, line.text);
    if (state === 'more') return;
    this.#element = null;
    const { lines } = element;
    const text = state === 'whole' ? element.text() : '';
    const list = xmlList(text);
    const record = list === null ? (traceRecord(text) ?? xmlRecord(text)) : null;
    if (list === null && (record === null || !isTimed(record))) return this.#apart(lines);
    this.#closeAll();
    const invalid = lines.some((each) => each.invalid);
    const placeAt = placesIn(lines);
    for (const { record: each, raw, from } of list ?? [{ record: record!, raw: text, from: 0 }]) {
      const draft = factsDraft(readRecord(each, emptyFacts(raw), this.#context), raw, placeAt(from));
      if (invalid) markInvalid(draft);
      this.#log.add(draft, lines[0]);
    }
  }

  /** The lines of what is no element after all: the first by itself, the others may begin another. */
  #apart([first, ...rest]: readonly RawLine[]): void {
    this.#line(first!, false);
    for (const line of rest) this.#line(line, true);
  }

  #intoDocument(document: OpenDocument, line: RawLine): void {
    const state = document.add(line);
    if (state === 'more') return;
    this.#document = null;
    const text = document.text();
    const value = state === 'whole' ? (parseJson(text) ?? looseObject(text) ?? undefined) : undefined;
    const records = value === undefined ? null : unpack(text, value);
    if (records) return this.#unpacked(document, records);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isObject) {
      this.#closeAll();
      this.#log.add(factsDraft(readRecord(value, emptyFacts(text), this.#context), text, document.first!));
    } else for (const each of document.lines) this.#line(each, false);
  }

  /** The records of a document, each at its own place. A restart begins with the whole document again. */
  #unpacked(document: OpenDocument, records: NonNullable<ReturnType<typeof unpack>>): void {
    this.#closeAll();
    const placeAt = placesIn(document.lines);
    const invalid = document.lines.some((line) => line.invalid);
    for (const { record, from, raw } of records) {
      const draft = factsDraft(readRecord(record, emptyFacts(raw), this.#context), raw, placeAt(from));
      if (invalid) markInvalid(draft);
      this.#log.add(draft, document.first);
    }
  }

  #fits(open: OpenRecord, text: string): boolean {
    const { maxLines, maxBytes } = this.#options.multiline!;
    return open.more.length + 1 < maxLines && open.size + text.length <= maxBytes;
  }

  #closeAll(): void {
    const document = this.#document;
    this.#document = null;
    if (document) for (const line of document.lines) this.#line(line, false);
    const element = this.#element;
    this.#element = null;
    if (element) for (const line of element.lines) this.#line(line, false);
    this.#open.closeAll();
  }

  /** A record has all its lines. */
  #give(record: OpenRecord): void {
    if (record.cut) this.#readCut(record);
    const draft = finishRecord(record, this.#context);
    if (draft !== null) this.#log.add(draft);
  }
}

const carriageReturn = 13;

/** Whether nothing but blanks and carriage returns stands from `at` on: some programs end lines with more than one. */
function isBlank(text: string, at: number): boolean {
  let end = at;
  while (text.charCodeAt(end) === carriageReturn) end = skipBlanks(text, end + 1);
  return end >= text.length;
}
