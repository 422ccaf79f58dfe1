import type { Json } from '../../event.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { loadWindow, mergeCells, openWindow, saveWindow, type OpenWindow } from './window.ts';

/** The windows of a group that are not closed yet, in order of time. Nearly always one; two where events come late. */
export class OpenWindows {
  #windows: OpenWindow[] = [];

  get first(): OpenWindow | undefined {
    return this.#windows[0];
  }

  get size(): number {
    return this.#windows.length;
  }

  /** The open window with this index; opened when there is none. */
  at(index: number): OpenWindow {
    const windows = this.#windows;
    for (let i = windows.length - 1; i >= 0; i--) if (windows[i]!.index === index) return windows[i]!;
    const fresh = openWindow(index);
    windows.push(fresh);
    if (windows.length > 1) windows.sort((a, b) => a.index - b.index);
    return fresh;
  }

  /** The open window with this index, if there is one. */
  find(index: number): OpenWindow | undefined {
    return this.#windows.find((window) => window.index === index);
  }

  /** Takes the earliest window away. */
  shift(): OpenWindow | undefined {
    return this.#windows.shift();
  }

  /** True when an open window holds events of the pattern. */
  hold(pattern: Pattern): boolean {
    return this.#windows.some((window) => window.cells.has(pattern));
  }

  /** What was counted for one pattern counts for another from now on. */
  move(from: Pattern, to: Pattern): void {
    for (const { cells } of this.#windows) {
      const cell = cells.get(from);
      if (!cell) continue;
      cells.delete(from);
      const own = cells.get(to);
      if (own) mergeCells(own, cell);
      else cells.set(to, cell);
    }
  }

  save(): Json {
    return this.#windows.map(saveWindow);
  }

  load(json: Json, patternWith: (id: string) => Pattern): void {
    this.#windows = (json as Json[]).map((window) => loadWindow(window, patternWith));
  }
}
