const blocks = '·▁▂▃▄▅▆▇█';
const letters = ' .:-=+*#';

/** Cells of a trend. */
export const trendCells = 12;

/**
 * Counts as cells, oldest first, on the row's own scale: the largest is full, any count at all shows, zero is `·`.
 * With `ascii` in letters, zero a blank. Shorter rows are filled with zeros on the left.
 */
export function trend(counts: readonly number[], ascii: boolean, cells = trendCells): string {
  const scale = ascii ? letters : blocks;
  const last = counts.slice(-cells).map((count) => (Number.isFinite(count) ? Math.max(0, count) : 0));
  const padded = [...Array<number>(Math.max(0, cells - last.length)).fill(0), ...last];
  const most = Math.max(...padded);
  return padded.map((count) => scale[count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * (scale.length - 1)))]).join('');
}

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar so many cells long, in steps of an eighth (whole cells with `ascii`), at most `cells`. */
export function bar(length: number, cells: number, ascii: boolean): string {
  const size = Math.max(0, Math.min(cells, Number.isFinite(length) ? length : 0));
  if (ascii) return '#'.repeat(Math.round(size));
  const steps = Math.round(size * 8);
  return `${'█'.repeat(Math.floor(steps / 8))}${eighths[steps % 8]}`;
}
