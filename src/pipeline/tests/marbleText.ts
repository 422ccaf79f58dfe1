/** A diagram that cannot be read, and at which character (from 0). */
export class MarbleError extends RangeError {
  override readonly name = 'MarbleError';
  readonly at: number;
  constructor(at: number, what: string) {
    super(`column ${at + 1}: ${what}`);
    this.at = at;
  }
}

/** A letter of a marble diagram and the frame it stands at. */
export interface Mark {
  frame: number;
  letter: string;
}

export interface Diagram {
  marks: Mark[];
  /** Frame of `|`; null without one. */
  end: number | null;
}

/**
 * Reads `a-b--(cd)|`: each character is a frame, a group counts its characters as RxJS does (all of it happens at its
 * first frame), blanks are for the eye. Throws a MarbleError at what it cannot read.
 */
export function parseMarbles(text: string): Diagram {
  const marks: Mark[] = [];
  let end: number | null = null;
  let frame = 0;
  let group: number | null = null;
  let opened = 0;
  for (const [at, character] of [...text].entries()) {
    if (character === ' ') continue;
    const now = group ?? frame;
    if (character === '(') {
      if (group !== null) throw new MarbleError(at, 'a group inside a group');
      [group, opened] = [frame, at];
    } else if (character === ')') {
      if (group === null) throw new MarbleError(at, '")" without "("');
      group = null;
    } else if (character === '|') end = now;
    else if (/[A-Za-z0-9]/.test(character)) marks.push({ frame: now, letter: character });
    else if (character !== '-') throw new MarbleError(at, `"${character}" is no marble; letters, digits, - ( ) and | are`);
    frame += 1;
  }
  if (group !== null) throw new MarbleError(opened, 'this group is not closed');
  return { marks, end };
}

/** Draws marks as marbles, `?` for letters that are none. The width is that of the last frame. */
export function drawMarbles(marks: readonly Mark[], end: number | null = null): string {
  let text = '';
  for (const frame of [...new Set([...marks.map((m) => m.frame), ...(end === null ? [] : [end])])].toSorted((a, b) => a - b)) {
    const letters =
      marks
        .filter((m) => m.frame === frame)
        .map((m) => m.letter)
        .join('') + (frame === end ? '|' : '');
    text = text.padEnd(frame, '-') + (letters.length > 1 ? `(${letters})` : letters);
  }
  return text;
}
