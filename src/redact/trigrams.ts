/** Letters of either case, a digit, and the marks that stand in what we look for: each its five bits; all else is none. */
const bits = 5;
const mask = (1 << (3 * bits)) - 1;
const ascii = 128;
const codes = new Uint8Array(ascii);
for (let i = 0; i < 26; i += 1) codes[65 + i] = codes[97 + i] = i + 1;
codes.fill(27, 48, 58);
for (const [i, mark] of [...'_-:/'].entries()) codes[mark.charCodeAt(0)] = 28 + i;

const codeAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code < ascii ? codes[code]! : 0;
};

/** Something to look for: an expression that is tried where one of these three characters stand, in either case. */
export interface Look {
  /** A bit: what is found when it holds. */
  finds: number;
  beginnings: readonly string[];
  /** Sticky. */
  expression: RegExp;
}

/**
 * Expressions that a text is searched for at the speed of reading it: most of its characters begin none of them, so that none
 * is tried, where one expression with as many alternatives takes several times as long.
 */
export class Trigrams {
  /** By three characters: which entry of the lists, 0 for none. */
  readonly #known = new Uint8Array(mask + 1);
  readonly #lists: Look[][] = [[]];
  readonly #all: number;

  /** @param looks with beginnings of three characters, of 255 kinds at most */
  constructor(looks: readonly Look[]) {
    for (const look of looks) for (const beginning of look.beginnings) this.#listFor(beginning).push(look);
    this.#all = looks.reduce((all, { finds }) => all | finds, 0);
  }

  /** What of the looks is in the text, as bits. */
  find(text: string): number {
    const known = this.#known;
    let found = 0;
    let code = 0;
    for (let i = 0; i < text.length; i += 1) {
      code = ((code << bits) | codeAt(text, i)) & mask;
      if (known[code] === 0) continue;
      found |= this.#tryAt(text, Math.max(0, i - 2), this.#lists[known[code]!]!, found);
      if (found === this.#all) break;
    }
    return found;
  }

  #tryAt(text: string, at: number, looks: readonly Look[], found: number): number {
    let more = 0;
    for (const { finds, expression } of looks) {
      if (finds & (found | more)) continue;
      expression.lastIndex = at;
      if (expression.test(text)) more |= finds;
    }
    return more;
  }

  #listFor(beginning: string): Look[] {
    const code = (codeAt(beginning, 0) << (2 * bits)) | (codeAt(beginning, 1) << bits) | codeAt(beginning, 2);
    if (this.#known[code] === 0) this.#known[code] = this.#lists.push([]) - 1;
    return this.#lists[this.#known[code]!]!;
  }
}
