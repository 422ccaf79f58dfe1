import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { PARTITIONS } from '../../kernel/partition.ts';
import type { Files } from '../../io.ts';
import type { Workers } from '../../run/partition/openPartitions.ts';
import { FileFinder } from '../../sources/file/fileFinder.ts';
import { tell, type CliContext } from '../shared/context.ts';

/** From so many bytes on a thread that parses takes less time than starting it does. */
const worthThread = 64 * 2 ** 20;

/** `--workers <n>`, or `auto`. */
export const workersOrAuto = z
  .string()
  .transform((given, context): number | 'auto' => {
    if (given === 'auto') return given;
    const count = Number(given);
    if (Number.isInteger(count) && count >= 0) return count;
    context.addIssue({ code: 'custom', message: `"${given}" is neither a number nor auto` });
    return z.NEVER;
  })
  .prefault('auto')
  .meta({
    value: 'n',
    description: 'threads beside this one; auto: one where files are large',
  });

/**
 * What `--workers` asks for: so many threads beside the one that ranks and writes; none without it. Throws CAD002 where
 * there are more than parts to share out.
 */
export function readWorkers(count: number | undefined, context: CliContext): Workers | undefined {
  if (count === undefined || count === 0) return undefined;
  if (count > PARTITIONS) {
    const hint = 'More threads than cores make nothing faster.';
    throw new CaducusError('CAD002', {}, `--workers ${count}: at most ${PARTITIONS} can share the groups out`, { hint });
  }
  return { count, refused: (why) => void tell(context, `One thread does it all: ${why}.`) };
}

/** How many threads `auto` stands for over these files: one where there is a core for it and it is worth its start. */
export async function autoWorkers(files: Files, paths: readonly string[], cores: number = availableParallelism()): Promise<number> {
  if (cores < 2) return 0;
  let bytes = 0;
  for (const path of paths) {
    if (path === '-') continue;
    const found = await new FileFinder(files, path).find([]);
    for (const { size, gzip } of found.files) if (!gzip) bytes += size;
  }
  return bytes >= worthThread ? 1 : 0;
}
