import { options as ruleOptions, readSettings } from '../../findings/rules/options.ts';
import type { Decision, RejectedLine, SinkDecision } from '../../findings/whyNot/decision.ts';
import { GroupCounter, recordBlip, recordFinding, standingKey } from '../../findings/whyNot/record.ts';
import { setNewest } from '../../base/evictOldest.ts';
import { toIso } from '../../event.ts';
import type { Files } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { Rejected, Signal } from '../../signal.ts';
import { reduceReason } from '../../views/summary/reasonKinds.ts';
import { appendDecisions, decisionsFolder, writeDecisionHead } from '../../store/decisions.ts';

/** Lines that wait before they are written, and findings whose last standing is known. */
const batch = 512;
const mostFindings = 10_000;
/** Rejected records of a kind that are counted before that is written. */
const mostCounted = 1000;

/**
 * Keeps for a week what was decided about what: how much came of each group, what stood out, what findings came to, what
 * sinks made of them. A disk that is full ends no run for it.
 */
export class DecisionLog {
  /** Why it could not be written the last time; null when it could. */
  failure: unknown = null;
  readonly #files: Files;
  readonly #folder: string;
  readonly #groups = new GroupCounter();
  readonly #standings = new Map<string, string>();
  /** Rejected records by source and kind of reason: those that are not written yet. */
  readonly #rejected = new Map<string, RejectedLine>();
  /** Newest event time, milliseconds: a record that could not be read has none of its own. */
  #newest = 0;
  #waiting: Decision[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(files: Files, dataDir: string, pipeline: Pipeline) {
    this.#files = files;
    this.#folder = decisionsFolder(dataDir, pipeline.name);
    const rules = pipeline.operators.flatMap(({ operator, options }) =>
      operator.spec.name === 'rules' ? readSettings(ruleOptions.parse(options)).rules : [],
    );
    const sinks = pipeline.sinks
      .filter(({ id }) => !id.startsWith('~'))
      .map(({ id, options }) => ({ id, sends: 'dryRun' in (options as object) }));
    this.#after(() => writeDecisionHead(files, dataDir, { pipeline: pipeline.name, rules, sinks }));
  }

  /** Sees a signal that leaves the last operators. */
  see(signal: Signal): void {
    if (signal.kind === 'event') {
      if (signal.time > this.#newest) this.#newest = signal.time;
      const over = this.#groups.see(signal);
      if (over) {
        this.#add(...over, ...this.#countedRejected());
        // Somebody may ask while it goes on.
        this.#write();
      }
    } else if (signal.kind === 'blip') {
      const line = recordBlip(signal.blip);
      if (line) this.#add(line);
    } else if (signal.kind === 'finding') {
      const line = recordFinding(signal.finding);
      const standing = standingKey(line);
      if (this.#standings.get(line.id) !== standing) this.#add(line);
      setNewest(this.#standings, line.id, standing, mostFindings);
    } else if (signal.kind === 'rejected') {
      this.#reject(signal.rejected, Math.max(signal.time, this.#newest));
    }
  }

  /** The first of a kind is written at once, for it may be what somebody asks about; the others are counted. */
  #reject({ source, reason: given }: Rejected, time: number): void {
    const reason = reduceReason(given);
    const key = `${source}\0${reason}`;
    const known = this.#rejected.get(key);
    const line: RejectedLine = known ?? { kind: 'rejected', at: toIso(time), source, count: 0, reason };
    line.count += 1;
    if (known && line.count < mostCounted) return;
    this.#add({ ...line, at: toIso(time) });
    setNewest(this.#rejected, key, { ...line, count: 0 }, mostFindings);
  }

  #countedRejected(): RejectedLine[] {
    const lines = [...this.#rejected.values()].filter(({ count }) => count > 0).map((line) => ({ ...line, at: toIso(this.#newest) }));
    for (const line of this.#rejected.values()) line.count = 0;
    return lines;
  }

  /** Takes what a sink made of a finding: written at once, for it may be what somebody asks about. */
  readonly decided = (decision: SinkDecision): void => {
    this.#waiting.push(decision);
    this.#write();
  };

  /** Everything is on disk, or `failure` says why not. */
  async close(): Promise<void> {
    this.#add(...this.#groups.flush(), ...this.#countedRejected());
    this.#write();
    await this.#writing;
  }

  #add(...lines: Decision[]): void {
    this.#waiting.push(...lines);
    if (this.#waiting.length >= batch) this.#write();
  }

  #write(): void {
    this.#after(async () => {
      const lines = this.#waiting;
      this.#waiting = [];
      if (lines.length > 0) await appendDecisions(this.#files, this.#folder, lines);
    });
  }

  #after(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(work).then(
      () => {
        this.failure = null;
      },
      (error: unknown) => {
        this.failure = error;
      },
    );
  }
}
