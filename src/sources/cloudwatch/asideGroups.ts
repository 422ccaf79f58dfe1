import type { Trouble } from '../../base/trouble.ts';
import type { CaducusError } from '../../errors.ts';

interface Aside {
  since: number;
  /** When it was tried last, milliseconds since 1970. */
  tried: number;
  error: CaducusError;
}

/** Log groups that may not be read, or are not there any more: they wait while the others go on, and are tried again now and then. */
export class AsideGroups {
  readonly #groups = new Map<string, Aside>();
  /** Milliseconds until a group is tried again. */
  readonly #pause: number;

  constructor(pause: number) {
    this.#pause = pause;
  }

  /** Whether it waits, and nobody is to ask for it yet. */
  waits(group: string, now: number): boolean {
    const aside = this.#groups.get(group);
    return aside !== undefined && now - aside.tried < this.#pause;
  }

  has(group: string): boolean {
    return this.#groups.has(group);
  }

  /** Sets it aside; true when it was not before. */
  add(group: string, error: CaducusError, now: number): boolean {
    const known = this.#groups.get(group);
    this.#groups.set(group, { since: known?.since ?? now, tried: now, error });
    return known === undefined;
  }

  /** It can be read again. */
  delete(group: string): void {
    this.#groups.delete(group);
  }

  /** What they lack, since the first of them was set aside; null when there are none. */
  get trouble(): Trouble | null {
    const [first, ...others] = [...this.#groups].sort(([, a], [, b]) => a.since - b.since);
    if (!first) return null;
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    return { since: first[1].since, why: `log group ${first[0]}${more} is set aside: ${first[1].error.what}` };
  }

  /** Why nothing can be read where that holds for all of these; null where one of them can. */
  whyNone(groups: Iterable<string>): CaducusError | null {
    let why: CaducusError | null = null;
    for (const group of groups) {
      const aside = this.#groups.get(group);
      if (!aside) return null;
      why ??= aside.error;
    }
    return why;
  }
}
