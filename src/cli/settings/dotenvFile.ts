import { CaducusError, CaducusErrors, type Where } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { nearestWord } from '../../base/text/didYouMean.ts';
import { bareVariables, schema } from '../../../config/schema.ts';

/** Read in the working folder, below the real environment. */
export const dotenvPath = '.env';

const assignment = /^\s*(?:export\s+)?([\w.-]+)\s*(?:=|:\s)/;
const openQuote = /^[^=:]*[=:]\s*(["'`])(?:(?!\1).)*$/;

/** What `.env` sets, and the line on which each name is set. */
export interface Dotenv {
  values: Record<string, string>;
  lines: ReadonlyMap<string, number>;
}

/** The line of each assignment, the last one of a name; and lines that are neither one, nor a comment, nor inside a quoted value: dotenv itself passes over them. */
function findAssignments(text: string): { set: Map<string, number>; stray: number[] } {
  const set = new Map<string, number>();
  const stray: number[] = [];
  let quote: string | null = null;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const name = assignment.exec(line)?.[1];
    if (quote !== null) {
      if (line.includes(quote)) quote = null;
    } else if (name !== undefined) {
      set.set(name, at + 1);
      quote = openQuote.exec(line)?.[1] ?? null;
    } else if (line.trim() !== '' && !line.trimStart().startsWith('#')) stray.push(at + 1);
  }
  return { set, stray };
}

/**
 * What `.env` of the working folder sets; empty without one. Throws CaducusErrors with each line that sets nothing: a
 * file that is half understood is worse than none.
 */
export async function readDotenv({ files }: Pick<Io, 'files'>): Promise<Dotenv> {
  if (!(await files.stat(dotenvPath))?.isFile()) return { values: {}, lines: new Map() };
  const text = await files.readText(dotenvPath);
  const { set, stray } = findAssignments(text);
  if (stray.length > 0) {
    const hint = 'Each line of .env is NAME=value, or a comment that begins with #.';
    // The line is not quoted: what stands in it may be the rest of a secret.
    throw new CaducusErrors(
      stray.map((line) => new CaducusError('CAD020', { file: dotenvPath, line, column: 1 }, 'this line sets nothing', { hint })),
    );
  }
  const { parse } = await import('dotenv');
  return { values: parse(text), lines: set };
}

/** A `CADUCUS_` variable that is nearly one of ours is a slip, and refused; others may belong to a pipeline file. */
export function refuseSlips(env: Io['env'], where: (name: string) => Where): void {
  const known = [...Object.values(schema).map((s) => s.env), ...Object.keys(bareVariables)];
  for (const name of Object.keys(env)) {
    if (!name.startsWith('CADUCUS_') || known.includes(name)) continue;
    const meant = nearestWord(
      name.slice('CADUCUS_'.length),
      known.map((k) => k.slice('CADUCUS_'.length)),
    );
    if (meant === null) continue;
    throw new CaducusError('CAD020', where(name), `unknown variable ${name}`, { hint: `did you mean "CADUCUS_${meant}"?` });
  }
}
