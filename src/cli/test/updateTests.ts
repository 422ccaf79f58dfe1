import { CaducusError } from '../../errors.ts';
import { writeAll, type Io } from '../../io.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { judge, tryTest, type TestResult } from '../../run/runTest.ts';
import { rewrite, type Change, type Rewritten } from '../../pipeline/tests/rewrite.ts';
import { whatCame } from '../../pipeline/tests/whatCame.ts';

/** What became of a file: its tests as they are now, and what was written into it. */
export interface Updated {
  tests: TestResult[];
  changes: Rewritten[];
}

interface File {
  file: string;
  text: string;
  /** Reads the text as it would be. Throws CaducusErrors when it cannot be a pipeline. */
  load(text: string): Pipeline;
}

/**
 * Makes the expectations of a file that do not hold say what came, and tries its tests again. Nothing is written when
 * all hold, or when what would be written is no pipeline. Throws CaducusError when the file cannot be written.
 */
export async function updateTests(pipeline: Pipeline, { file, text, load }: File, io: Io): Promise<Updated> {
  const { tests, changes, reasons } = await tryAll(pipeline, io);
  if (changes.length === 0) return { tests: withReasons(tests, reasons), changes: [] };
  const { text: written, made } = rewrite(file, text, changes);
  const after = await tryAll(load(written), io);
  await write(io, file, written);
  return { tests: withReasons(after.tests, after.reasons), changes: made };
}

/** Every test once; what has to change, and why a test that fails cannot be changed. */
async function tryAll(pipeline: Pipeline, io: Io) {
  const tests: TestResult[] = [];
  const changes: Change[] = [];
  const reasons = new Map<string, string[]>();
  for (const [i, test] of pipeline.tests.entries()) {
    const trial = await tryTest(pipeline, test, io);
    tests.push(judge(test, trial));
    for (const [j, expected] of test.expect.entries()) {
      const came = whatCame(expected, trial.seen[j]!, trial.timing);
      if (typeof came === 'string') reasons.set(test.name, [...(reasons.get(test.name) ?? []), `not updated: ${came}`]);
      else changes.push(...came.map(({ path, value }) => ({ path: ['tests', i, 'expect', j, ...path], value })));
    }
  }
  return { tests, changes, reasons };
}

const withReasons = (tests: readonly TestResult[], reasons: ReadonlyMap<string, string[]>): TestResult[] =>
  tests.map((test) => ({ ...test, failures: [...test.failures, ...(reasons.get(test.name) ?? [])] }));

/** In place and not through a rename: the file keeps its rights, and a link stays one. */
async function write({ files }: Io, path: string, text: string): Promise<void> {
  try {
    const file = await files.open(path, 'w', 0o644);
    await writeAll(file, Buffer.from(text)).finally(() => file.close());
  } catch (cause) {
    throw new CaducusError('CAD011', { file: path }, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
