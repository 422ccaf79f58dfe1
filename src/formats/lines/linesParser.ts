import type { JsonObject } from '../../event.ts';
import { unwrap, type Wrapped } from './container.ts';
import { continues, expectingAfter, type Expecting } from './continuation.ts';
import type { Draft, FormatContext, FormatItem, Parser, ParserPosition, Place } from '../format.ts';
import { emptyHeader } from '../header/header.ts';
import { peelHeader } from '../header/headerPeel.ts';
import { ItemLog } from '../itemLog.ts';
import { overlongReason } from '../bytes/limits.ts';
import { lineDraft } from './lineDraft.ts';
import { LineCutter } from '../bytes/lineCutter.ts';
import { StampClock, type StampOptions } from '../time/stampClock.ts';
import { skipBlanks } from '../header/words.ts';

export interface LinesOptions extends StampOptions {
  maxLineBytes: number;
  /** null leaves every line by itself. */
  multiline: { maxLines: number; maxBytes: number } | null;
}

type State = { time: number | null; clock: number | null };

/** A record that may still grow. */
interface Open {
  draft: Draft;
  more: string[];
  /** Length of all its text. */
  size: number;
  expecting: Expecting;
  indented: boolean;
  /** The runtime cut its last line. */
  partial: boolean;
}

/** Raw lines: headers are peeled, stack traces and indented lines are joined to the line they belong to. */
export class LinesParser implements Parser {
  readonly #options: LinesOptions;
  readonly #log: ItemLog;
  readonly #clock: StampClock;
  readonly #cutter: LineCutter;
  readonly #header = emptyHeader();
  #open: Open | null = null;

  constructor(options: LinesOptions, context: FormatContext, from: ParserPosition | null) {
    const state = from?.state as State | null | undefined;
    this.#options = options;
    this.#log = new ItemLog(state?.time ?? null, context.reference);
    this.#clock = new StampClock(options, context.reference, state?.clock ?? null);
    this.#cutter = new LineCutter(
      { maxLineBytes: options.maxLineBytes, detached: true, from },
      (text, line, offset, invalid) => this.#line(text, line, offset, invalid),
      (start, bytes, line, offset) => {
        this.#close();
        this.#log.refuse(overlongReason(bytes, options.maxLineBytes), start, { line, offset });
      },
    );
  }

  push(chunk: Uint8Array): FormatItem[] {
    this.#cutter.push(chunk);
    return this.#log.take();
  }

  flush(): FormatItem[] {
    this.#close();
    return this.#log.take(true);
  }

  end(): FormatItem[] {
    this.#cutter.end();
    return this.flush();
  }

  position(): ParserPosition {
    const first = this.#log.firstHeld ?? this.#open?.draft;
    const { offset, line } = first ? { offset: first.offset, line: first.line - 1 } : this.#cutter;
    const state: State = { time: this.#log.time, clock: this.#clock.save() };
    return { offset, line, state };
  }

  #line(raw: string, line: number, offset: number, invalid: boolean): void {
    const wrapped = unwrap(raw);
    const text = wrapped?.text ?? raw;
    const open = this.#open;
    if (open?.partial) return this.#extend(open, text, '', wrapped, invalid);
    const indent = skipBlanks(text, 0);
    if (isBlank(text, indent)) return;
    peelHeader(text, indent, this.#clock, this.#header);
    const { time, level } = this.#header;
    const bare = Number.isNaN(time) && level === '';
    if (open && bare && this.#options.multiline && continues(text, open.expecting, open.indented) && this.#fits(open, text)) {
      return this.#extend(open, text, '\n', wrapped, invalid);
    }
    this.#close();
    this.#begin(text, raw, wrapped, { line, offset }, invalid, indent > 0);
  }

  #begin(text: string, raw: string, wrapped: Wrapped | null, place: Place, invalid: boolean, indented: boolean): void {
    const draft = lineDraft(text, raw, this.#header, wrapped, this.#clock, place);
    if (invalid) mark(draft.metadata);
    const partial = wrapped?.partial ?? false;
    if (this.#options.multiline === null && !partial) return this.#log.add(draft);
    this.#open = { draft, more: [], size: text.length, expecting: expectingAfter(text, 'nothing'), indented, partial };
  }

  #extend(open: Open, text: string, joint: string, wrapped: Wrapped | null, invalid: boolean): void {
    open.more.push(joint + (wrapped?.partial ? text : text.trimEnd()));
    open.size += text.length;
    open.expecting = expectingAfter(text, open.expecting);
    // A line the runtime cut is bounded like any other.
    open.partial = (wrapped?.partial ?? false) && open.size < this.#options.maxLineBytes;
    if (invalid) mark(open.draft.metadata);
    if (this.#options.multiline === null && !open.partial) this.#close();
  }

  #fits(open: Open, text: string): boolean {
    const { maxLines, maxBytes } = this.#options.multiline!;
    return open.more.length + 1 < maxLines && open.size + text.length <= maxBytes;
  }

  #close(): void {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    if (open.more.length > 0) open.draft.text += open.more.join('');
    this.#log.add(open.draft);
  }
}

const carriageReturn = 13;

/** Whether nothing but blanks and carriage returns stands from `at` on: some programs end lines with more than one. */
function isBlank(text: string, at: number): boolean {
  let end = at;
  while (text.charCodeAt(end) === carriageReturn) end = skipBlanks(text, end + 1);
  return end >= text.length;
}

function mark(metadata: JsonObject): void {
  metadata.invalid_utf8 = true;
}
