import { setNewest } from '../../base/evictOldest.ts';
import { toIso } from '../../event.ts';
import { rankLevel } from '../../memory/judge/levelRank.ts';
import type { Blip, Finding } from '../../signal.ts';
import { withStanding } from '../makeFinding.ts';
import type { LearnedSchedules } from '../schedules/learnedSchedules.ts';
import type { Settling } from './settling.ts';

/** Patterns that are remembered. */
const mostPatterns = 10_000;
const errorRank = rankLevel('ERROR');

/** Marks what need not be sent to anybody: what comes of a change that settles, what comes at its usual hour, and spikes of what is no error and in which the memory, which knows shares and loads, finds nothing. */
export class ExpectedNoise {
  readonly #settling: Settling;
  readonly #schedules: LearnedSchedules;
  /** Patterns in which the memory found nothing the last time: by its own rate, its share and the load of the hour. Known again with the next window. */
  readonly #steady = new Map<string, true>();

  constructor(settling: Settling, schedules: LearnedSchedules) {
    this.#settling = settling;
    this.#schedules = schedules;
  }

  /** The pattern as it goes on; the same object where nothing is to be marked. */
  tag(given: Blip): Blip {
    const blip = this.#settling.tag(given);
    if (blip.state === 'steady') setNewest(this.#steady, blip.template_id, true, mostPatterns);
    else this.#steady.delete(blip.template_id);
    if (blip.count === 0 || blip.state === 'steady' || blip.state === 'new') return blip;
    const { template_id: template, count, level } = blip;
    const isError = rankLevel(level ?? undefined) >= errorRank;
    const at = this.#schedules.usualAt({ template, at: Date.parse(blip.start), count, isError });
    return at === null ? blip : { ...blip, usual_at: toIso(at) };
  }

  /** A finding of another operator as it goes on. */
  tagFinding(given: Finding): Finding {
    const finding = this.#settling.tagFinding(given);
    if (finding.type !== 'spike' || finding.template_id === undefined || finding.state === 'resolved') return finding;
    const { value = 0 } = finding.result;
    const isError = this.#settling.findLevel(finding.template_id) >= errorRank;
    if (!isError && this.#steady.has(finding.template_id)) return withStanding(finding, { steady: true });
    const at = this.#schedules.usualAt({ template: finding.template_id, at: Date.parse(finding.since), count: value, isError });
    return at === null ? finding : withStanding(finding, { usual_at: toIso(at) });
  }
}
