import { evictOldest } from '../../base/evictOldest.ts';
import { toIso } from '../../event.ts';
import { describePattern } from '../rules/openFinding.ts';
import type { Blip, Finding } from '../../signal.ts';

/** A finding that waits for company. */
export interface WaitingFinding {
  finding: Finding;
  due: number;
}

/** Open findings that are remembered as emitted. */
const most = 10_000;

/** The later of a time and `now`, milliseconds. */
const later = (at: string, now: number): string => (Date.parse(at) < now ? toIso(now) : at);

/** Findings that have begun and are not emitted yet, first come first emitted: all wait equally long. */
export class WaitingFindings {
  readonly #waiting = new Map<string, WaitingFinding>();
  /** Findings that were emitted and are open. */
  readonly #emitted = new Set<string>();
  readonly #wait: number;

  /** @param wait milliseconds */
  constructor(wait: number) {
    this.#wait = wait;
  }

  get due(): number | null {
    const [first] = this.#waiting.values();
    return first ? first.due : null;
  }

  /** Takes a finding, and returns what is to be emitted now: nothing of one that has only begun to fire. */
  take(finding: Finding, now: number): Finding[] {
    const { id, state } = finding;
    const waiting = this.#waiting.get(id);
    if (state === 'resolved') {
      this.#waiting.delete(id);
      this.#emitted.delete(id);
      return waiting ? [waiting.finding, finding] : [finding];
    }
    if (this.#wait === 0 || this.#emitted.has(id)) return [finding];
    if (state === 'firing') {
      this.#waiting.set(id, { finding, due: waiting?.due ?? now + this.#wait });
      return [];
    }
    this.#waiting.delete(id);
    if (state === 'acked') this.#remember(id);
    return waiting && state === 'pending' ? [waiting.finding, finding] : [finding];
  }

  /** What is known of the pattern of a finding that waits: it is emitted with the newest of it. */
  refresh(blip: Blip, now: number): void {
    for (const one of this.#waiting.values()) {
      const { finding } = one;
      if (finding.type !== 'rule' || finding.template_id !== blip.template_id || blip.count === 0) continue;
      one.finding = { ...finding, updated: later(finding.updated, now), result: { ...finding.result, ...describePattern(blip) } };
    }
  }

  /** What has waited long enough. */
  release(time: number): Finding[] {
    const ready = [...this.#waiting.values()].filter(({ due }) => due <= time);
    for (const { finding } of ready) {
      this.#waiting.delete(finding.id);
      this.#remember(finding.id);
    }
    return ready.map(({ finding }) => finding);
  }

  save(): { waiting: WaitingFinding[]; told: string[] } {
    return { waiting: [...this.#waiting.values()], told: [...this.#emitted] };
  }

  load({ waiting, told: emitted }: { waiting: WaitingFinding[]; told: string[] }): void {
    for (const one of waiting) this.#waiting.set(one.finding.id, one);
    for (const id of emitted) this.#emitted.add(id);
  }

  #remember(id: string): void {
    this.#emitted.add(id);
    evictOldest(this.#emitted, most);
  }
}
