/** Where a label stands: from its place to the right, or up to it; in which of two rows, null where neither has room. */
export interface Label {
  anchor: 'start' | 'end';
  row: 0 | 1 | null;
}

/** Room that a letter takes, in thousandths of the width, on a wide page. */
const letter = 9;

/** Places labels at points of a line, 0 to 1000 from left to right, so that none stands on another; those that are given first come first. */
export function placeLabels(all: readonly { at: number; text: string }[]): Label[] {
  const taken: [from: number, to: number][][] = [[], []];
  return all.map(({ at, text }): Label => {
    const wide = (text.length + 1) * letter;
    const anchor = at + wide > 1000 ? 'end' : 'start';
    const [from, to] = anchor === 'start' ? [at, at + wide] : [at - wide, at];
    const row = ([0, 1] as const).find((one) => taken[one]!.every(([a, b]) => to <= a || b <= from));
    if (row !== undefined) taken[row]!.push([from, to]);
    return { anchor, row: row ?? null };
  });
}
