import type { Page } from '../pages/context.ts';
import type { Feed } from '../feed.ts';
import type { Route } from '../route.ts';

/** Loads and opens the page that an address asks for. */
export async function openPage({ kind, id, at }: Route, feed: Feed, redraw: () => void): Promise<Page> {
  if (kind === 'p') return new (await import('../pages/pattern.ts')).PatternPage(feed, id, at, redraw);
  if (kind === 'e') return new (await import('../pages/episode.ts')).EpisodePage(feed, id, redraw);
  if (kind === 'graph') return new (await import('../pages/graph.ts')).GraphPage(feed, redraw);
  if (kind === 'why') return new (await import('../pages/whyNot.ts')).WhyNotPage(feed, { subject: id, at }, redraw);
  return new (await import('../pages/findings.ts')).FindingsPage();
}

/** The page that is open, where one is: the radar itself is none. */
export class Opened {
  readonly #adopt: (style: string) => void;
  readonly #adopted = new Set<string>();
  #page: Page | null = null;
  #key = '';
  /** Why it could not be opened; null where it could. */
  failure: string | null = null;

  /** `adopt`: takes the style of a page, each once. */
  constructor(adopt: (style: string) => void) {
    this.#adopt = adopt;
  }

  get page(): Page | null {
    return this.#page;
  }

  close(): void {
    this.#page?.close?.();
    this.#page = null;
    this.#key = '';
  }

  /** Opens what the address asks for, where it is not open already; of two the later one stays. */
  async follow(route: Route, feed: Feed, redraw: () => void): Promise<void> {
    const key = `${route.kind} ${route.id} ${route.at}`;
    if (key === this.#key) return;
    this.close();
    this.#key = key;
    this.failure = null;
    try {
      const page = await openPage(route, feed, redraw);
      if (this.#key === key) this.#take(page);
      else page.close?.();
    } catch (error) {
      if (this.#key === key) this.failure = error instanceof Error ? error.message : String(error);
    }
    redraw();
  }

  #take(page: Page): void {
    this.#page = page;
    if (page.style === undefined || this.#adopted.has(page.style)) return;
    this.#adopted.add(page.style);
    this.#adopt(page.style);
  }
}
