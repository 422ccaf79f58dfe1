import { main } from '../../src/cli/program.ts';
import { testIo } from './testIo.ts';

interface Surroundings {
  stdin?: string;
  env?: Record<string, string>;
  /** The working folder of the command, on disk. */
  cwd?: string;
  /** What the program is told apart by from other ones: without it nothing is kept for the next time. */
  program?: string | null;
}

/** Runs a command line in this process. With a `cwd`, relative paths mean that folder until the command has ended. */
export async function caducus(
  args: string[],
  { stdin = '', env = {}, cwd, program = null }: Surroundings = {},
): Promise<{ exit: number; out: string; err: string }> {
  const io = testIo({ stdin: stdin === '' ? [] : [Buffer.from(stdin)], env: { HOME: '/nonexistent', ...env } });
  const before = process.cwd();
  if (cwd !== undefined) process.chdir(cwd);
  try {
    const exit = await main(args, '0.0.0-test', io, program);
    return { exit, out: io.stdout.text, err: io.stderr.text };
  } finally {
    process.chdir(before);
  }
}
