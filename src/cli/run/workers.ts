import { CaducusError } from '../../errors.ts';
import { PARTITIONS } from '../../kernel/partition.ts';
import type { Workers } from '../../run/partition/openPartitions.ts';
import { tell, type CliContext } from '../shared/context.ts';

/**
 * What `--workers` asks for: so many threads beside the one that reads, ranks and writes; none without it. Throws CAD002 where
 * there are more than parts to share out.
 */
export function readWorkers(count: number | undefined, context: CliContext): Workers | undefined {
  if (count === undefined) return undefined;
  if (count > PARTITIONS) {
    const hint = 'More threads than cores make nothing faster.';
    throw new CaducusError('CAD002', {}, `--workers ${count}: at most ${PARTITIONS} can share the groups out`, { hint });
  }
  return { count, refused: (why) => void tell(context, `One thread does it all: ${why}.`) };
}
