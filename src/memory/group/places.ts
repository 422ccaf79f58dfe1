import type { Pattern } from '../patterns/pattern.ts';
import type { WatchedTemplate } from '../series/groupSeries.ts';
import type { Template } from '../templates/templateIndex.ts';
import type { Cell, OpenWindow } from '../windows/window.ts';
import { assignPattern } from './assignPattern.ts';
import type { GroupState } from './groupState.ts';

/** Where the lines of a template are counted while a window is open: what four look-ups a line would find. */
export interface Place {
  pattern: Pattern;
  window: OpenWindow | null;
  cell: Cell | null;
  numbers: WatchedTemplate | null;
}

/** The places of templates; forgotten when patterns or series have changed, and at the close of a window. */
export class Places {
  readonly #state: GroupState;
  /** Null while no window is open. */
  #places: Map<Template, Place> | null = null;
  /** The versions of patterns and series that the places are of. */
  #version = -1;

  constructor(state: GroupState) {
    this.#state = state;
  }

  /** The place of a template in a window; null for a line whose window has closed. A template without a pattern gets one. */
  at(template: Template, text: string, time: number, window: OpenWindow | null): Place {
    const { patterns, series } = this.#state;
    const known = this.#version === patterns.version + series.version ? this.#places?.get(template) : undefined;
    if (known?.window === window) return known;
    const pattern = patterns.get(template.id) ?? assignPattern(this.#state, template, text, time, window);
    const version = patterns.version + series.version;
    if (this.#version !== version) this.#places = null;
    this.#version = version;
    const place = { pattern, window, cell: window?.cells.get(pattern) ?? null, numbers: null };
    (this.#places ??= new Map()).set(template, place);
    return place;
  }

  clear(): void {
    this.#places = null;
  }
}
