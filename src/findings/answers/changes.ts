import { fromSaved } from '../../base/saved.ts';
import { toIso, type Json } from '../../event.ts';
import type { Standing } from '../../results/standing.ts';
import type { Finding, Mark } from '../../signal.ts';

/** A deploy marker; its time in milliseconds. */
export interface Change {
  at: number;
  text: string;
}

/** Changes that are remembered; the oldest go first. */
const most = 64;

const hour = 3_600_000;
/**
 * How long before a finding began a change may be its reason, milliseconds. A log shows within minutes what a deploy
 * did; money goes slowly, and a burn rate looks back over hours.
 */
const reach = (type: Finding['type']): number => (type === 'budget' ? 24 * hour : hour);

/** What was changed when, as marked by people or their deploys. */
export class Changes {
  #all: Change[] = [];

  /** The same change again is none. */
  take({ at, text = '' }: Mark): void {
    const change = { at: Date.parse(at), text };
    if (this.#all.some((known) => known.at === change.at && known.text === text)) return;
    this.#all = [...this.#all, change].toSorted((a, b) => a.at - b.at).slice(-most);
  }

  /** Those from one time to another, both included, oldest first. */
  within(from: number, to: number): Change[] {
    return this.#all.filter(({ at }) => at >= from && at <= to);
  }

  /** The last change before a finding began, as its result says it; null when there was none. An episode lists its own. */
  before({ type, since }: Finding): Standing['change'] | null {
    const began = Date.parse(since);
    const last = type === 'episode' ? undefined : this.within(began - reach(type), began).at(-1);
    return last ? { at: toIso(last.at), text: last.text } : null;
  }

  save(): Json {
    return this.#all.map(({ at, text }) => ({ at, text }));
  }

  load(json: Json): void {
    this.#all = fromSaved<Change[]>(structuredClone(json));
  }
}
