import { CaducusError } from '../../../src/errors.ts';
import { ioFailure } from '../../../src/run/ioFailure.ts';

/** Data that an evaluation was given and that is not what it reads. */
export class LackingData extends Error {
  override readonly name = 'LackingData';
}

/** What to say of a failure that whoever called an evaluation can mend, in one sentence; null of a bug, which keeps its stack. */
export function explainLack(error: unknown): string | null {
  if (error instanceof LackingData) return error.message;
  const { path, code } = error as NodeJS.ErrnoException;
  const named = ioFailure(error, {});
  if (!(named instanceof CaducusError)) return null;
  const what = code === 'ENOENT' ? `${path} is not there` : named.what;
  return `${what}: give the path of data in the layout that docs/benchmarks.md names; none comes with this repository.`;
}

/** From now on this process ends with exit code 66 and that sentence where data is lacking. For scripts that read data of others. */
export function sayWhatLacks(): void {
  process.on('uncaughtException', (error) => {
    const why = explainLack(error);
    console.error(why ?? error);
    process.exit(why === null ? 1 : 66);
  });
}
