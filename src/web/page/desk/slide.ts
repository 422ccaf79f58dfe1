/** How long a row takes to its new place, milliseconds. */
const lasting = 150;

/** Rows slide from where they stood in the table before it was drawn to where they stand now; nothing moves for who wants less motion. */
export function slideRows(root: ShadowRoot, draw: () => unknown): void {
  const rows = () => [...root.querySelectorAll<HTMLElement>('tr.row')];
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const before = new Map(still ? [] : rows().map((row) => [row.dataset['key'], row.offsetTop]));
  draw();
  const after = rows();
  const known = [...before.keys()];
  // Where none has another place there is nothing to measure.
  if (still || after.every((row, i) => row.dataset['key'] === known[i])) return;
  for (const row of after) {
    const from = before.get(row.dataset['key']);
    const by = from === undefined ? 0 : from - row.offsetTop;
    if (Math.abs(by) >= 1) row.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], lasting);
  }
}
