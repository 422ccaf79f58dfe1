import type { SignalObserver } from '../../pipeline/wire.ts';
import type { Stage } from './stage.ts';

/** Those who look into a run while it goes on, whatever becomes of its stage. */
export class Watchers {
  readonly #all = new Map<SignalObserver, { from: readonly string[] | null; leave: () => void }>();
  #stage: Stage | null = null;

  /** The stage that is looked into from now on. */
  attach(stage: Stage): void {
    this.#stage = stage;
    for (const [watcher, one] of this.#all) one.leave = stage.watch(one.from, watcher);
  }

  /** Looks at what leaves these operators (the ends of the chain for null), until what it returns is called. */
  add(from: readonly string[] | null, watcher: SignalObserver): () => void {
    const one = { from, leave: this.#stage?.watch(from, watcher) ?? (() => undefined) };
    this.#all.set(watcher, one);
    return () => {
      one.leave();
      this.#all.delete(watcher);
    };
  }
}
