import type { Finding } from '../../signal.ts';

/** Open findings of operators before the rules, as they came; beyond `most` new ones are not held. */
export class OtherFindings {
  readonly #byId = new Map<string, Finding>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Takes what came of a finding: it is held until it is resolved. */
  take(finding: Finding): void {
    if (finding.state === 'resolved') this.#byId.delete(finding.id);
    else if (this.#byId.has(finding.id) || this.#byId.size < this.#most) this.#byId.set(finding.id, finding);
  }

  get(id: string): Finding | undefined {
    return this.#byId.get(id);
  }

  values(): IterableIterator<Finding> {
    return this.#byId.values();
  }

  save(): [string, Finding][] {
    return [...this.#byId];
  }

  load(saved: readonly [string, Finding][]): void {
    for (const [id, finding] of saved) this.#byId.set(id, finding);
  }
}
