import { options as ruleOptions, readSettings } from '../../findings/rules/options.ts';
import type { Decision, SinkDecision } from '../../findings/whyNot/decision.ts';
import type { Files } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { appendDecisions, decisionsFolder, writeDecisionHead } from '../../store/decisions.ts';

/** Lines that wait before they are written. */
const batch = 512;

/** Puts decisions of a pipeline on disk, beside what ran when they were made. A disk that is full ends no run for it. */
export class DecisionFile {
  /** Why it could not be written the last time; null when it could. */
  failure: unknown = null;
  readonly #files: Files;
  readonly #folder: string;
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

  /** Takes decisions; they are on disk soon. */
  add(lines: readonly Decision[]): void {
    for (const line of lines) this.#waiting.push(line);
    // When a stretch of time is over all of it is written: somebody may ask while it goes on.
    if (this.#waiting.length >= batch || lines.some(({ kind }) => kind === 'group')) this.#write();
  }

  /** Takes what a sink made of a finding: written at once, for it may be what somebody asks about. */
  readonly decided = (decision: SinkDecision): void => {
    this.#waiting.push(decision);
    this.#write();
  };

  /** Everything that was added is on disk, or `failure` says why not. */
  async flush(): Promise<void> {
    this.#write();
    await this.#writing;
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
