/** Something that happens at a frame, in words. */
export interface Moment {
  frame: number;
  what: string;
}

/** Two marble diagrams and what their letters stand for. */
export interface MarbleCase {
  input: string;
  output: string;
  values: Record<string, string>;
}

/** Gaps up to so many frames are drawn, longer ones are written as a length. */
const drawnGap = 9;

/** Moments as RxJS marbles. Throws where a group has more characters than there are frames before the next one. */
function draw(moments: readonly Moment[], letterOf: (what: string) => string, end: number): string {
  const frames = [...new Set([...moments.map(({ frame }) => frame), end])].toSorted((a, b) => a - b);
  let text = '';
  let now = 0;
  for (const frame of frames) {
    const here = moments.filter((moment) => moment.frame === frame).map(({ what }) => letterOf(what));
    const column = [...here, ...(frame === end ? ['|'] : [])].join('');
    const gap = frame - now;
    if (gap < 0) throw new RangeError(`no room to draw what happens at frame ${frame}`);
    text += gap > drawnGap ? ` ${gap}ms ` : '-'.repeat(gap);
    const width = column.length > 1 ? column.length + 2 : 1;
    text += column.length > 1 ? `(${column})` : column;
    now = frame + width;
  }
  return text.trim();
}

/** A picture of what goes in and what comes out: small letters for what goes in, capitals for what else comes out. */
export function drawCase(input: readonly Moment[], output: readonly Moment[], { start, end }: { start: number; end: number }): string {
  const letters = new Map<string, string>();
  const name = (first: string) => (what: string) => {
    const known = letters.get(what);
    if (known !== undefined) return known;
    const used = [...letters.values()].filter((letter) => letter >= first && letter < String.fromCharCode(first.charCodeAt(0) + 26));
    const letter = String.fromCharCode(first.charCodeAt(0) + used.length);
    letters.set(what, letter);
    return letter;
  };
  const lines = [
    `from ${new Date(start).toISOString().slice(0, 19)}Z, a frame is a second`,
    `in   ${draw(input, name('a'), end)}`,
    `out  ${draw(output, name('A'), end)}`,
    ...[...letters].map(([what, letter]) => `${letter}    ${what}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** Reads such a picture. */
export function readCase(text: string): MarbleCase {
  const lines = text.trim().split('\n');
  const after = (word: string) =>
    lines
      .find((line) => line.startsWith(`${word} `))!
      .slice(word.length)
      .trim();
  const legend = lines.filter((line) => /^[A-Za-z] {4}/.test(line)).map((line) => [line.charAt(0), line.slice(5)] as const);
  return { input: after('in'), output: after('out'), values: Object.fromEntries(legend) };
}
