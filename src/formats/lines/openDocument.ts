import type { Place } from '../format.ts';

/** A line as it was cut from the stream. */
export interface RawLine extends Place {
  text: string;
  invalid: boolean;
}

/** A document, on one line or several, is no longer than this; longer ones are read as plain lines. */
export const longestDocument = 64 * 1024 * 1024;

/** Whether a line can begin a JSON document that is printed over several lines: a bracket, and nothing else that is whole. */
export const opensDocument = (text: string): boolean => /^\s*(?:\[\s*(?:$|[{[])|\{\s*(?:$|"))/.test(text);

/** Whether a line begins a document of many records on one line: a list of objects, or an object with one near its beginning. */
export const opensList = (start: string): boolean => /^\uFEFF?\s*(?:\[\s*\{|\{.*?"\s*:\s*\[\s*\{)/s.test(start);

/** Collects the lines of a JSON document until its brackets are closed. */
export class OpenDocument {
  readonly lines: RawLine[] = [];
  #depth = 0;
  #size = 0;

  get first(): RawLine | undefined {
    return this.lines[0];
  }

  /** Takes a line. Whether the document is whole now, needs more, or is none after all. */
  add(line: RawLine): 'whole' | 'more' | 'none' {
    this.lines.push(line);
    this.#size += line.text.length;
    const { text } = line;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 34) {
        i = closingQuote(text, i);
        // No string of JSON goes over a line end.
        if (i < 0) return 'none';
      } else if (code === 123 || code === 91) this.#depth += 1;
      else if (code === 125 || code === 93) {
        this.#depth -= 1;
        if (this.#depth < 0) return 'none';
      } else if (this.#depth === 0 && code > 32) return 'none';
    }
    if (this.#depth === 0) return 'whole';
    return this.#size > longestDocument ? 'none' : 'more';
  }

  /** The document as one text. */
  text(): string {
    return this.lines.map(({ text }) => text).join('\n');
  }
}

/** The line and byte offset of a character of lines that are joined by line ends. Asked in rising order. */
export function placesIn(lines: readonly RawLine[]): (at: number) => Place {
  let index = 0;
  let start = 0;
  // How far into the line it was counted, in characters and in bytes.
  let counted = 0;
  let bytes = 0;
  return (at) => {
    while (index < lines.length - 1 && at > start + lines[index]!.text.length) {
      start += lines[index]!.text.length + 1;
      index += 1;
      counted = bytes = 0;
    }
    const { line, offset, text } = lines[index]!;
    bytes += Buffer.byteLength(text.slice(counted, at - start));
    counted = at - start;
    return { line, offset: offset + bytes };
  };
}

/** Index of the quote that closes the one at `at`; -1 when none does. */
function closingQuote(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i += 1;
    else if (code === 34) return i;
  }
  return -1;
}
