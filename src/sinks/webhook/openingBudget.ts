import { parseFrequency } from '../../../config/scalars.ts';
import { fromSaved } from '../../base/saved.ts';
import type { Json } from '../../event.ts';
import { byChance } from '../../findings/byChance.ts';
import type { Finding } from '../../signal.ts';

const WEEK = 604_800_000;

/**
 * How often a receiver may be sent something new that chance would bring as often: what chance opens more rarely goes, and
 * the more was sent lately, the rarer it must be. What is no matter of chance (an error that is new or back, an alert, a
 * budget, a breaker) always goes, and is not counted.
 */
export class OpeningBudget {
  readonly #times: number;
  readonly #period: number;
  /** Event times of what was sent in the last period, milliseconds. */
  #openings: number[];

  /** @param allowed `1/week`, checked before */
  constructor(allowed: string, saved: Json) {
    const { times, period } = parseFrequency(allowed)!;
    this.#times = times;
    this.#period = period;
    this.#openings = Array.isArray(saved) ? fromSaved<number[]>(saved) : [];
  }

  admits(finding: Finding): boolean {
    const standing = byChance(finding);
    if (standing === null) return true;
    const spent = this.#openings.filter((at) => this.#isRecent(at, finding)).length;
    return standing.a_week * (this.#period / WEEK) * (1 + spent / this.#times) <= this.#times;
  }

  /** It is sent. */
  open(finding: Finding): void {
    if (byChance(finding) === null) return;
    this.#openings = [...this.#openings.filter((at) => this.#isRecent(at, finding)), Date.parse(finding.updated)];
  }

  save(): number[] {
    return [...this.#openings];
  }

  #isRecent(at: number, { updated }: Finding): boolean {
    return Date.parse(updated) - at < this.#period;
  }
}
