/** Which row of the table was chosen: one stop for the Tab key, moved by others. */
export class RowFocus {
  readonly #root: ShadowRoot;
  readonly #redraw: () => void;
  #key: string | null = null;

  constructor(root: ShadowRoot, redraw: () => void) {
    this.#root = root;
    this.#redraw = redraw;
  }

  /** Key of the row; null before one was chosen. */
  get key(): string | null {
    return this.#key;
  }

  /** Where the row leads, as `/p/k7f2`; null where it leads nowhere. */
  get address(): string | null {
    if (this.#key === null) return null;
    const link = this.#root.querySelector<HTMLAnchorElement>(`tr.row[data-key="${CSS.escape(this.#key)}"] a.id`);
    return link ? link.hash.slice(1) : null;
  }

  choose(key: string): void {
    if (this.#key === key) return;
    this.#key = key;
    this.#redraw();
  }

  /** Back to the row that was chosen. */
  focus(): void {
    if (this.#key === null) return;
    this.#redraw();
    const row = this.#all().find(({ dataset }) => dataset['key'] === this.#key);
    row?.focus({ preventScroll: false });
    row?.scrollIntoView?.({ block: 'nearest' });
  }

  /** To the next row or the one before; from nowhere to the one that was chosen, or the first. */
  move(by: number): void {
    const rows = this.#all();
    const at = rows.findIndex(({ dataset }) => dataset['key'] === this.#key);
    const active = this.#root.activeElement?.closest('tr.row');
    const next = rows[active ? Math.max(0, Math.min(rows.length - 1, at + by)) : Math.max(0, at)];
    if (!next) return;
    this.#key = next.dataset['key'] ?? null;
    this.focus();
  }

  #all(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>('tr.row')];
  }
}
