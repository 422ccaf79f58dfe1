import type { SinkDecision } from '../../findings/whyNot/decision.ts';
import { DecisionReducer } from './decisionReducer.ts';
import type { Files } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Signal } from '../../signal.ts';
import { DecisionFile } from './decisionFile.ts';

/**
 * Keeps for a week what was decided about what: how much came of each group, what stood out, what findings came to, what
 * sinks made of them.
 */
export class DecisionLog {
  readonly #reducer = new DecisionReducer();
  readonly #file: DecisionFile;

  constructor(files: Files, dataDir: string, pipeline: Pipeline) {
    this.#file = new DecisionFile(files, dataDir, pipeline);
  }

  /** Why it could not be written the last time; null when it could. */
  get failure(): unknown {
    return this.#file.failure;
  }

  /** Sees a signal that leaves the last operators. */
  see(signal: Signal): void {
    const lines = this.#reducer.see(signal);
    if (lines) this.#file.add(lines);
  }

  /** Takes what a sink made of a finding. */
  readonly decided = (decision: SinkDecision): void => this.#file.decided(decision);

  /** Everything is on disk, or `failure` says why not. */
  async close(): Promise<void> {
    this.#file.add(this.#reducer.flush());
    await this.#file.flush();
  }
}
