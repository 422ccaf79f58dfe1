import { evictOldest } from '../../base/evictOldest.ts';
import type { Json } from '../../event.ts';
import { rankLevel } from '../../memory/judge/levelRank.ts';
import type { Blip, Radar } from '../../signal.ts';
import { listSubjects } from './openFinding.ts';

/** Patterns that are followed at most; those met longest ago go first. */
const most = 1000;
const errorRank = rankLevel('ERROR');

interface Followed {
  since: number;
  /** End of the last window it was in. */
  end: number;
}

/**
 * Errors that go on while their group is learned. Then all is new, and nothing fires for it; what still goes on in the
 * first window after is no less trouble for that.
 */
export class AlreadyOn {
  readonly #followed = new Map<string, Followed>();

  /** Takes a closed window's line. Since when an error has gone on that is learned no longer, milliseconds; else null. */
  take(blip: Blip): number | null {
    if (blip.open || blip.count === 0 || rankLevel(blip.level ?? undefined) < errorRank) return null;
    const subject = listSubjects(blip)[0]!;
    const [start, end] = [Date.parse(blip.start), Date.parse(blip.end)];
    const known = this.#followed.get(subject);
    const since = known?.end === start ? known.since : null;
    if (blip.why.learning === undefined) {
      if (known) this.#followed.delete(subject);
      return since;
    }
    // Where only the windows became others, what was there before is no trouble that a warm-up hides.
    const { changed } = blip.why.learning as NonNullable<Radar['learning']>;
    if (changed !== undefined && blip.first_seen < changed) return null;
    this.#followed.set(subject, { since: since ?? Math.max(start, Date.parse(blip.first_seen)), end });
    evictOldest(this.#followed, most);
    return null;
  }

  save(): Json {
    return [...this.#followed].map(([subject, { since, end }]) => [subject, { since, end }]);
  }

  load(json: Json): void {
    for (const [subject, one] of json as [string, Followed][]) this.#followed.set(subject, { ...one });
  }
}
