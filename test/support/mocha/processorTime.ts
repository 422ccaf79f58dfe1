import { relative } from 'node:path';
import mocha from 'mocha';
import { usedProcessor } from '../runs/usedProcessor.ts';
import ClosingLine from './closingLine.ts';

/**
 * The report, and where the processor time of a run of the tests went, by file:
 * `npm test -- --no-parallel --reporter ./test/support/mocha/processorTime.ts`.
 */
export default class ProcessorTime extends ClosingLine {
  readonly #files = new Map<string, number>();
  #loading = 0;

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { EVENT_RUN_BEGIN, EVENT_SUITE_BEGIN, EVENT_SUITE_END } = mocha.Runner.constants;
    let before = usedProcessor();
    runner.once(EVENT_RUN_BEGIN, () => (this.#loading = usedProcessor().own));
    runner.on(EVENT_SUITE_BEGIN, (suite) => {
      if (suite.parent?.root) before = usedProcessor();
    });
    runner.on(EVENT_SUITE_END, (suite) => {
      if (!suite.parent?.root) return;
      const now = usedProcessor();
      const file = relative('.', suite.file ?? 'unknown');
      this.#files.set(file, (this.#files.get(file) ?? 0) + now.own - before.own + now.children - before.children);
    });
  }

  override epilogue(): void {
    const rows = [...this.#files].toSorted(([, a], [, b]) => b - a);
    const sum = rows.reduce((all, [, seconds]) => all + seconds, 0);
    const print = (seconds: number, text: string) => mocha.reporters.Base.consoleLog(`${seconds.toFixed(1).padStart(7)} s  ${text}`);
    mocha.reporters.Base.consoleLog('\nProcessor time, children included:');
    for (const [file, seconds] of rows.slice(0, 60)) print(seconds, file);
    print(
      rows.slice(60).reduce((all, [, seconds]) => all + seconds, 0),
      `${Math.max(0, rows.length - 60)} further files`,
    );
    print(this.#loading, 'loading them');
    print(sum + this.#loading, 'all');
    super.epilogue();
  }
}
