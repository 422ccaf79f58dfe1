import type { RawLine } from './openDocument.ts';
import { endsTrace, traceStart } from './traceElement.ts';

/** An element is no longer than this, in lines and characters; longer ones are read line by line. */
const mostLines = 1000;
const longest = 1024 * 1024;

const begins = /^(\s*)<([A-Za-z_][\w:.-]*)(?=[\s>/]|$)/;

/** Whether a line begins an element of XML, or a record of CMTrace. */
export const opensElement = (text: string): boolean => begins.test(text) || text.startsWith(traceStart);

/** Collects the lines of an element until it ends. */
export class OpenElement {
  readonly lines: RawLine[] = [];
  #name = '';
  #indent = 0;
  #bare = false;
  #size = 0;
  #trace = false;

  /** Takes a line. Whether the element is whole now, needs more, or is none after all: then its first line stands alone. */
  add(line: RawLine, text: string): 'whole' | 'more' | 'none' {
    if (text.startsWith(traceStart) || this.#trace) return this.#intoTrace(line, text);
    const found = begins.exec(text);
    const isFirst = this.lines.length === 0;
    if (isFirst) {
      [this.#indent, this.#name] = [found![1]!.length, found![2]!];
      this.#bare = text.trim() === `<${this.#name}>`;
    }
    this.lines.push(line);
    this.#size += text.length;
    const end = text.trimEnd();
    if (end.endsWith(`</${this.#name}>`) || (isFirst && end.endsWith('/>'))) return 'whole';
    // What begins no deeper than one without attributes is not within it: that one is around many.
    if (this.#bare && this.lines.length === 2 && found !== null && found[1]!.length <= this.#indent && !isWhole(end, found[2]!))
      return 'none';
    return this.lines.length >= mostLines || this.#size > longest ? 'none' : 'more';
  }

  #intoTrace(line: RawLine, text: string): 'whole' | 'more' | 'none' {
    const another = this.lines.length > 0 && text.startsWith(traceStart);
    this.#trace = true;
    this.lines.push(line);
    this.#size += text.length;
    if (another) return 'none';
    if (endsTrace(text.trimEnd())) return 'whole';
    return this.lines.length >= mostLines || this.#size > longest ? 'none' : 'more';
  }

  text(): string {
    return this.lines.map(({ text }) => text).join('\n');
  }
}

const isWhole = (text: string, name: string): boolean => text.endsWith('/>') || text.endsWith(`</${name}>`);
