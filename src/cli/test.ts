import { CaducusErrors } from '../errors.ts';
import { loadPipeline } from '../pipeline/load.ts';
import { findPipeline, shippedNames } from '../pipeline/shipped.ts';
import { runTest, type TestResult } from '../pipeline/tests/runTest.ts';
import type { CommandBody } from './commandBody.ts';
import { print, printJson } from './context.ts';
import { junit, type FileResult } from './junit.ts';
import { loadContext } from './loadContext.ts';
import { showError } from './showError.ts';

/** `caducus test [files]`: runs the tests that stand in pipeline files; of the shipped ones when none is named. Exit 1 when one fails. */
export const test: CommandBody = async (names, flags, context) => {
  const { io } = context;
  const results: FileResult[] = [];
  let broken = 0;
  for (const name of names.length > 0 ? names : await shippedNames(io)) {
    const { file, text } = await findPipeline(io, name);
    try {
      const pipeline = loadPipeline(file, text, await loadContext(flags, context));
      const tests: TestResult[] = [];
      for (const one of pipeline.tests) tests.push(await runTest(pipeline, one, io));
      results.push({ file, tests });
      if (!context.json) await print(context, lines(pipeline.name, tests));
    } catch (error) {
      if (!(error instanceof CaducusErrors)) throw error;
      broken += 1;
      await io.stderr.write(showError(error, { color: context.color }).text);
    }
  }
  const all = results.flatMap((r) => r.tests);
  const failed = all.filter((t) => !t.passed).length + broken;
  if (typeof flags['junit'] === 'string') await writeJunit(flags['junit'], results, io.files);
  if (context.json) await printJson(context, { passed: all.length - (failed - broken), failed, files: results });
  else await print(context, ['', `${all.length - (failed - broken)} passed, ${failed} failed`]);
  return failed === 0 ? 0 : 1;
};

function lines(name: string, tests: readonly TestResult[]): string[] {
  return [
    name,
    ...tests.flatMap((t) => [`  ${t.passed ? 'ok  ' : 'FAIL'}  ${t.name}`, ...t.failures.map((line) => `          ${line}`)]),
    ...(tests.length === 0 ? ['  no tests'] : []),
  ];
}

async function writeJunit(path: string, results: readonly FileResult[], files: { open(path: string, flags: 'w', mode: number): Promise<{ write(b: Uint8Array): Promise<number>; close(): Promise<void> }> }): Promise<void> {
  const file = await files.open(path, 'w', 0o644);
  await file.write(Buffer.from(junit(results))).finally(() => file.close());
}
