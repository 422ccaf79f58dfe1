/**
 * The ends of the windows that blips come in, by the length of the windows. A window is over one millisecond after its
 * end: by then every group has reported it. Plain data; milliseconds.
 */
export class Windows {
  /** The next end by length. */
  readonly #next = new Map<number, number>();

  /** A blip of that window came. */
  see(width: number, end: number): void {
    const next = this.#next.get(width);
    if (next === undefined || end < next) this.#next.set(width, end);
  }

  get due(): number | null {
    let due: number | null = null;
    for (const end of this.#next.values()) if (due === null || end < due) due = end;
    return due === null ? null : due + 1;
  }

  /** The windows that are over at this time; those of lengths that are still needed are followed by the next. */
  over(time: number, isNeeded: (width: number) => boolean): { width: number; end: number }[] {
    const over = [...this.#next].filter(([, end]) => end < time).map(([width, end]) => ({ width, end }));
    for (const { width, end } of over) {
      if (isNeeded(width)) this.#next.set(width, end + width);
      else this.#next.delete(width);
    }
    return over.sort((a, b) => a.end - b.end || a.width - b.width);
  }

  save(): [number, number][] {
    return [...this.#next];
  }

  load(saved: readonly [number, number][]): void {
    for (const [width, end] of saved) this.#next.set(width, end);
  }
}
