import mocha from 'mocha';

/**
 * Mocha's own report, and under it one plain line, `12 passed, 0 failed, 1 skipped`: the last line of a long log says
 * how it ended, to a person who scrolls down and to a script that reads one line.
 */
export default class ClosingLine extends mocha.reporters.Spec {
  /** Counts tests; a hook that failed counts as a failure, as in the report above. */
  override epilogue(): void {
    super.epilogue();
    mocha.reporters.Base.consoleLog('%s', closingLine(this.stats));
  }
}

/** The line, from mocha's counts. */
export function closingLine({ passes, failures, pending }: Mocha.Stats): string {
  return `${passes} passed, ${failures} failed, ${pending} skipped`;
}
