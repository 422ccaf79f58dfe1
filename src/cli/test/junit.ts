import type { TestResult } from '../../run/runTest.ts';

export interface FileResult {
  file: string;
  tests: readonly TestResult[];
}

const escape = (text: string) =>
  text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, '?');

/** Test results in the JUnit XML that CI systems read. */
export function junit(results: readonly FileResult[]): string {
  const suites = results.map(({ file, tests }) => {
    const cases = tests.map(({ name, failures, took }) => {
      const open = `    <testcase name="${escape(name)}" classname="${escape(file)}" time="${(took / 1000).toFixed(3)}"`;
      return failures.length === 0
        ? `${open}/>`
        : `${open}>\n      <failure message="${escape(failures[0]!)}">${escape(failures.join('\n'))}</failure>\n    </testcase>`;
    });
    const failed = tests.filter((t) => !t.passed).length;
    return [`  <testsuite name="${escape(file)}" tests="${tests.length}" failures="${failed}">`, ...cases, '  </testsuite>'].join('\n');
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('\n')}\n</testsuites>\n`;
}
