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
 * first frame), blanks are for the eye. Throws a RangeError that names the column of what it cannot read.
 */
export function parseMarbles(text: string): Diagram {
  const marks: Mark[] = [];
  let end: number | null = null;
  let frame = 0;
  let group: number | null = null;
  for (const [at, character] of [...text].entries()) {
    if (character === ' ') continue;
    const now = group ?? frame;
    if (character === '(') {
      if (group !== null) throw new RangeError(`column ${at + 1}: a group inside a group`);
      group = frame;
    } else if (character === ')') {
      if (group === null) throw new RangeError(`column ${at + 1}: ")" without "("`);
      group = null;
    } else if (character === '|') end = now;
    else if (/[A-Za-z0-9]/.test(character)) marks.push({ frame: now, letter: character });
    else if (character !== '-') throw new RangeError(`column ${at + 1}: "${character}" is no marble; letters, digits, - ( ) and | are`);
    frame += 1;
  }
  if (group !== null) throw new RangeError('the last group is not closed');
  return { marks, end };
}

/** Draws marks as marbles, `?` for letters that are none. The width is that of the last frame. */
export function drawMarbles(marks: readonly Mark[], end: number | null = null): string {
  let text = '';
  for (const frame of [...new Set([...marks.map((m) => m.frame), ...(end === null ? [] : [end])])].toSorted((a, b) => a - b)) {
    const letters = marks.filter((m) => m.frame === frame).map((m) => m.letter).join('') + (frame === end ? '|' : '');
    text = text.padEnd(frame, '-') + (letters.length > 1 ? `(${letters})` : letters);
  }
  return text;
}
