/** A small seeded generator (mulberry32): the same numbers for the same seed, on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** The generator of one input among many, so that any of them can be made again alone. */
  static of(seed: number, index: number): Random {
    return new Random(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35));
  }

  /** From 0 up to, not including, `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}

const bits = [
  '\n',
  '\r\n',
  ' ',
  '\t',
  '"',
  "'",
  '\\',
  ',',
  ';',
  ':',
  '=',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '|',
  '#',
  '&',
  '*',
  '!',
  '%',
  '@',
  '-',
  '\0',
  '\u001b[2J',
  '\ufeff',
  '\u2028',
  '\ud800',
  'é',
  '😀',
  '__proto__',
  'constructor',
  '0',
  '9',
  'a',
  'Z',
  '-1',
  '1e999',
  'null',
];

/** A text of fragments of real input, hurt here and there: so that it gets deep into a parser before it surprises it. */
export function hurtText(random: Random, fragments: readonly string[]): string {
  let text = '';
  for (let parts = 1 + random.below(8); parts > 0; parts -= 1) text += random.below(4) === 0 ? random.pick(bits) : random.pick(fragments);
  for (let wounds = random.below(4); wounds > 0; wounds -= 1) text = wound(random, text);
  return text;
}

function wound(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at) + random.pick(bits) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random.below(8));
    case 2:
      return text.slice(0, at) + String.fromCharCode(random.below(0x10000)) + text.slice(at + 1);
    case 3:
      return text.slice(0, at) + text.slice(at, at + random.below(20)).repeat(1 + random.below(6)) + text.slice(at);
    default:
      return text.slice(0, at);
  }
}

/** The bytes of a text, now and then with some flipped, so that they are no UTF-8 any more. */
export function hurtBytes(random: Random, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 0 && random.below(4) === 0)
    for (let flips = 1 + random.below(4); flips > 0; flips -= 1) bytes[random.below(bytes.length)] = random.below(256);
  return bytes;
}
