/** Cells of a line of a table as GitHub, markdown-it and marked agree on them: a bar behind an odd number of backslashes is text. */
export function splitCells(line: string): string[] {
  const cells: string[] = [];
  let [cell, slashes] = ['', 0];
  for (const one of line.replace(/^\| ?/, '')) {
    if (one === '|' && slashes % 2 === 0) {
      cells.push(cell.trim());
      cell = '';
    } else cell += one;
    slashes = one === '\\' ? slashes + 1 : 0;
  }
  return cell.trim() === '' ? cells : [...cells, cell];
}
/** What is left of a line outside its code spans. */
export const outsideCode = (line: string): string => line.replace(/`[^`]*`/g, '');
