import { dirname } from 'node:path';
import { z } from 'zod';
import { CaducusError, CaducusErrors } from '../../errors.ts';
import { writeAll } from '../../io.ts';
import type { LoadContext } from '../../pipeline/load.ts';
import { loadPipeline } from '../../pipeline/load.ts';
import { withPackages } from '../../pipeline/packages/withPackages.ts';
import { findPipeline, shippedNames } from '../../pipeline/shipped.ts';
import type { Rewritten } from '../../pipeline/tests/rewrite.ts';
import { runTest, type TestResult } from '../../run/runTest.ts';
import { defineCommand } from '../shared/command.ts';
import { on, requireFlag, text } from '../shared/flags.ts';
import { print, printJson, type CliContext } from '../shared/context.ts';
import { junit, type FileResult } from '../test/junit.ts';
import { loadContext } from '../shared/loadContext.ts';
import { showError } from '../shared/showError.ts';
import { updateTests } from '../test/updateTests.ts';

/** What came of a file; `changes` is what `--update` wrote. */
interface Outcome extends FileResult {
  name: string;
  changes?: readonly Rewritten[];
}

const flags = z.strictObject({
  junit: text('file', 'write the results as JUnit XML too'),
  update: on('rewrite what is expected and does not hold with what came, in the files that are named'),
  require: requireFlag('operators, sources or sinks'),
});

/**
 * `caducus test [files]`: runs the tests that stand in pipeline files; of the shipped ones when none is named. With
 * `--update` expectations that do not hold are rewritten. Exit 1 when one fails.
 */
export const command = defineCommand({
  arguments: z.strictObject({ files: z.array(z.string()) }),
  flags,
  examples: ['caducus test radar.yaml', 'caducus test --junit results.xml', 'caducus test radar.yaml --update && git diff radar.yaml'],
  run: async ({ files }, given, context) => runTests(files, given, context),
});

async function runTests(
  names: readonly string[],
  { junit: junitFile, update, require }: z.output<typeof flags>,
  context: CliContext,
): Promise<number> {
  const { io } = context;
  if (update) refuseShipped(names);
  const reading = await loadContext({ require }, context);
  const results: Outcome[] = [];
  for (const name of names.length > 0 ? names : await shippedNames(io)) {
    try {
      const result = await tryFile(await findPipeline(io, name), reading, update, context);
      results.push(result);
      if (!context.json) await print(context, lines(result));
    } catch (error) {
      if (!(error instanceof CaducusErrors)) throw error;
      // Reported with its excerpts on stderr; for who reads JSON or JUnit it is a test that fails.
      await io.stderr.write(showError(error, { color: context.color }).text);
      results.push({
        file: name,
        name,
        tests: [{ name: 'the file has no errors', passed: false, failures: error.errors.map(({ message }) => message), took: 0 }],
      });
    }
  }
  const all = results.flatMap((r) => r.tests);
  const passed = all.filter((t) => t.passed).length;
  const failed = all.length - passed;
  const changed = results.flatMap((r) => r.changes ?? []).length;
  if (junitFile !== undefined) await writeJunit(junitFile, results, context);
  if (context.json) await printJson(context, { passed, failed, files: results.map(({ name: _, ...result }) => result) });
  else await print(context, ['', `${passed} passed, ${failed} failed${update ? `, ${changed} changed` : ''}`]);
  return failed === 0 ? 0 : 1;
}

async function tryFile(
  { file, text }: { file: string; text: string },
  reading: LoadContext,
  update: boolean,
  { io }: CliContext,
): Promise<Outcome> {
  const { pipeline, load } = await withPackages(reading, dirname(file), io, (all) => {
    const read = (content: string) => loadPipeline(file, content, all);
    return { pipeline: read(text), load: read };
  });
  if (update) return { file, name: pipeline.name, ...(await updateTests(pipeline, { file, text, load }, io)) };
  const tests: TestResult[] = [];
  for (const one of pipeline.tests) tests.push(await runTest(pipeline, one, io));
  return { file, name: pipeline.name, tests };
}

/** Shipped pipelines belong to the package: what is rewritten has to be named by its path. */
function refuseShipped(names: readonly string[]): void {
  const shipped = names.find((name) => !/[./\\]/.test(name));
  if (names.length > 0 && shipped === undefined) return;
  throw new CaducusError('CAD002', { path: '--update' }, shipped === undefined ? 'no file is named' : `"${shipped}" is no path of a file`, {
    hint: 'Name the files it may rewrite: caducus test radar.yaml --update',
  });
}

function lines({ name, tests, file, changes = [] }: Outcome): string[] {
  return [
    name,
    ...changes.map(
      ({ line, column, path, before, after }) => `  CHANGED  ${file}:${line}:${column}  ${path}: ${before ?? 'nothing'} -> ${after}`,
    ),
    ...tests.flatMap((t) => [`  ${t.passed ? 'ok  ' : 'FAIL'}  ${t.name}`, ...t.failures.map((line) => `          ${line}`)]),
    ...(tests.length === 0 ? ['  no tests'] : []),
  ];
}

async function writeJunit(path: string, results: readonly FileResult[], { io }: CliContext): Promise<void> {
  const file = await io.files.open(path, 'w', 0o644);
  await writeAll(file, Buffer.from(junit(results))).finally(() => file.close());
}
