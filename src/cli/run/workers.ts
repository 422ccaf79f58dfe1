import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { PARTITIONS } from '../../kernel/partition.ts';
import type { Files } from '../../io.ts';
import type { Workers } from '../../run/partition/openPartitions.ts';
import { FileFinder } from '../../sources/file/fileFinder.ts';
import { tell, type CliContext } from '../shared/context.ts';

/** Cores from which on a second thread saves time: what collects garbage and compiles takes a good part of one beside two. */
const leastCores = 3;
/** From so many bytes on a thread that parses saves more time than its start takes. */
const worthThread = 64 * 2 ** 20;

/** `--workers <n>`, or `auto`. */
export const workersOrAuto = z
  .string()
  .transform((given, context): number | 'auto' => {
    if (given === 'auto') return given;
    const count = Number(given);
    if (Number.isInteger(count) && count >= 1) return count;
    context.addIssue({ code: 'custom', message: `"${given}" is neither a number from 1 on nor auto` });
    return z.NEVER;
  })
  .prefault('auto')
  .meta({
    value: 'n',
    description: 'threads that share the work; auto: two where files are large and there are three cores',
  });

/**
 * What `--workers` asks for: so many threads, of which one reads, ranks and writes; undefined where that is the only one.
 * Throws CAD002 where there are more than parts to share out.
 */
export function readWorkers(count: number | undefined, context: CliContext): Workers | undefined {
  if (count === undefined || count <= 1) return undefined;
  if (count > PARTITIONS) {
    const hint = 'More threads than cores make nothing faster.';
    throw new CaducusError('CAD002', {}, `--workers ${count}: at most ${PARTITIONS} can share the groups out`, { hint });
  }
  return { count: count - 1, refused: (why) => void tell(context, `One thread does it all: ${why}.`) };
}

/** How many threads `auto` stands for over these files: two where there is a core for the second and it is worth its start. */
export async function autoWorkers(files: Files, paths: readonly string[], cores: number = availableParallelism()): Promise<number> {
  if (cores < leastCores) return 1;
  let bytes = 0;
  for (const path of paths) {
    if (path === '-') continue;
    const found = await new FileFinder(files, path).find([]);
    for (const { size, gzip } of found.files) if (!gzip) bytes += size;
  }
  return bytes >= worthThread ? 2 : 1;
}
