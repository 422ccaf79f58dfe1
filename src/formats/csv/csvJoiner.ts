/** One CSV record as it was written; a quoted field may hold line ends. */
export interface CsvRecord {
  raw: string;
  line: number;
  offset: number;
  invalid: boolean;
  /** Its physical lines, when there are several. */
  parts?: CsvRecord[];
}

const quote = 34;

/**
 * Joins physical lines into records. A field is quoted when it starts with a quote; one elsewhere is text. A quote that is
 * never closed would swallow all that follows: past `max` characters, or at the end, only the line with the quote is
 * given out as broken and the lines behind it stand for themselves.
 */
export class CsvJoiner {
  readonly #delimiter: number;
  readonly #max: number;
  readonly #onRecord: (record: CsvRecord) => void;
  readonly #onUnclosed: (record: CsvRecord) => void;
  #open: CsvRecord[] = [];
  #length = 0;

  constructor(delimiter: string, max: number, onRecord: (record: CsvRecord) => void, onUnclosed: (record: CsvRecord) => void) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#max = max;
    this.#onRecord = onRecord;
    this.#onUnclosed = onUnclosed;
  }

  /** The first line of the record that is not complete. */
  get pending(): CsvRecord | undefined {
    return this.#open[0];
  }

  line(part: CsvRecord): void {
    const inside = this.#open.length > 0;
    if (!inside && (part.raw === '' || part.raw.trim() === '')) return;
    if (inside && this.#closesAstray(part.raw)) {
      this.giveUp();
      return this.line(part);
    }
    if (!this.#endsInside(part.raw, inside)) {
      this.#onRecord(inside ? this.#joined(part) : part);
      this.#open = [];
      this.#length = 0;
      return;
    }
    this.#open.push(part);
    this.#length += part.raw.length;
    if (this.#length > this.#max) this.giveUp();
  }

  /** The quote that is open will not be closed. */
  giveUp(): void {
    const [first, ...rest] = this.#open;
    this.#open = [];
    this.#length = 0;
    if (!first) return;
    this.#onUnclosed(first);
    // Each line by itself, so that the work stays linear whatever quotes they hold.
    for (const part of rest) {
      if (part.raw.trim() === '') continue;
      if (this.#endsInside(part.raw, false)) this.#onUnclosed(part);
      else this.#onRecord(part);
    }
  }

  #joined(last: CsvRecord): CsvRecord {
    const parts = [...this.#open, last];
    const { line, offset } = parts[0]!;
    return { raw: parts.map((part) => part.raw).join('\n'), line, offset, invalid: parts.some((part) => part.invalid), parts };
  }

  /** Whether the quote that would close the open field has text behind it: then it opens a field, and the other was astray. */
  #closesAstray(text: string): boolean {
    let at = text.indexOf('"');
    while (at >= 0 && text.charCodeAt(at + 1) === quote) at = text.indexOf('"', at + 2);
    return at >= 0 && at + 1 < text.length && text.charCodeAt(at + 1) !== this.#delimiter;
  }

  /** Whether a quoted field is open at the end of the line. */
  #endsInside(text: string, startsInside: boolean): boolean {
    let at = text.indexOf('"');
    if (at < 0) return startsInside;
    let inside = startsInside;
    for (; at >= 0; at = text.indexOf('"', at + 1)) {
      if (!inside) inside = at === 0 || text.charCodeAt(at - 1) === this.#delimiter;
      else if (text.charCodeAt(at + 1) === quote) at += 1;
      else inside = false;
    }
    return inside;
  }
}
