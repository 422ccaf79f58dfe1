import type { TableRoles } from './tableRoles.ts';

/**
 * A row as wide as its table: cells too many are commas of a text that nobody quoted, and go back to it; cells that are missing
 * at the end are empty. null where that leaves a row without its time or text, or nothing to give the rest to.
 */
export function alignRow(cells: readonly string[], width: number, roles: TableRoles, delimiter: string): readonly string[] | null {
  const extra = cells.length - width;
  if (extra === 0) return cells;
  const { text, time } = roles;
  if (extra < 0) {
    const needed = Math.max(text, ...time);
    return needed >= 0 && cells.length > needed ? [...cells, ...Array.from({ length: -extra }, () => '')] : null;
  }
  if (text < 0) return null;
  const end = text + extra + 1;
  return [...cells.slice(0, text), cells.slice(text, end).join(delimiter), ...cells.slice(end)];
}
