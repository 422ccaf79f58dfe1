import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair, type Scalar } from 'yaml';
import { CaducusError, CaducusErrors, type Where } from '../errors.ts';

/** Most aliases a file may follow: enough for honest anchors, too few for an alias bomb. */
const maxAliases = 100;

export type Path = readonly (string | number)[];

/** A parsed YAML file that can say where anything in it stands. */
export class YamlDocument {
  readonly file: string;
  readonly #text: string;
  readonly #lines: string[];
  readonly #counter: LineCounter;
  readonly document: Document;

  /** Throws CaducusErrors (CAD012), one for each place that does not parse, custom tags among them. */
  constructor(file: string, text: string) {
    this.file = file;
    this.#text = text;
    this.#counter = new LineCounter();
    this.#lines = text.split('\n');
    this.document = parseDocument(text, {
      lineCounter: this.#counter,
      schema: 'core',
      version: '1.2',
      prettyErrors: false,
      logLevel: 'error',
      resolveKnownTags: false,
    });
    // What follows the first parse error is mostly its echo.
    const problems = this.document.errors.length > 0 ? this.document.errors.slice(0, 1) : this.document.warnings;
    if (problems.length > 0) throw new CaducusErrors(problems.map((p) => this.#problem(p.pos[0], p.message.split('\n')[0]!)));
  }

  /** The content as plain data. Throws CaducusErrors when it holds too many aliases. */
  toData(): unknown {
    try {
      return this.document.toJS({ maxAliasCount: maxAliases });
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new CaducusErrors([new CaducusError('CAD012', { file: this.file, line: 1, column: 1 }, what)]);
    }
  }

  /** What is written from one offset to another. */
  textBetween(start: number, end: number): string {
    return this.#text.slice(start, end);
  }

  /** Line, column and excerpt of a byte offset. */
  at(offset: number, length: number, path?: string): Where {
    const { line, col } = this.#counter.linePos(offset);
    const text = this.#lines[line - 1] ?? '';
    return { file: this.file, line, column: col, path, excerpt: { text, length: Math.max(1, Math.min(length, text.length - col + 1)) } };
  }

  /** Where the value at a path stands; the nearest part of the path that exists when it is missing. */
  whereIs(path: Path, shown = pathText(path)): Where {
    const node = this.#nodeAt(path);
    return this.#ofNode(node, shown);
  }

  /** Where one character of the text at a path stands. */
  whereWithin(path: Path, character: number): Where {
    const node = this.#nodeAt(path);
    if (!isScalar(node) || !node.range) return this.whereIs(path);
    const quote = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0;
    return this.at(node.range[0] + quote + character, 1, pathText(path));
  }

  /** Where a key of the map at `path` stands. */
  whereIsKey(path: Path, key: string, shown = pathText(path)): Where {
    const map = this.#nodeAt(path);
    const pair = isMap(map) ? map.items.find((item) => keyText(item) === key) : undefined;
    return this.#ofNode((pair?.key as Node | undefined) ?? map, shown);
  }

  #problem(offset: number, message: string): CaducusError {
    const where = this.at(offset, 1);
    const text = where.excerpt?.text ?? '';
    const hint = message.startsWith('Tabs ')
      ? 'YAML is indented with spaces: put two in place of each tab.'
      : /[{,[].*\$\{/.test(text)
        ? 'inside { } and [ ] a variable needs quotes: "${NAME}"'
        : text.includes('{{') && 'text around {{ NAME }} needs quotes: "{{ NAME }}/folder"';
    return new CaducusError('CAD012', where, message, hint ? { hint } : {});
  }

  #ofNode(node: Node | null | undefined, shown: string): Where {
    const range = node?.range ?? [0, 1];
    return this.at(range[0], isScalar(node) ? range[1] - range[0] : 1, shown || undefined);
  }

  #nodeAt(path: Path): Node | null {
    let node = this.document.contents as Node | null;
    for (const part of path) {
      let next: unknown;
      if (isMap(node)) next = node.items.find((item) => keyText(item) === part)?.value;
      else if (isSeq(node)) next = node.items[Number(part)];
      if (isPair(next)) next = next.value;
      if (next === undefined || next === null) return node;
      node = next as Node;
    }
    return node;
  }
}

/** A key of a map as text. */
export const keyText = (pair: Pair): string => String(isScalar(pair.key) ? (pair.key as Scalar).value : pair.key);

/** `operators[2].memory` */
export function pathText(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}
