import type { Io } from '../../io.ts';
import { builtins } from '../../pipeline/builtins.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import { isCut, planCut } from '../../pipeline/plan.ts';
import type { Partitions } from '../runOptions.ts';
import { partitionFile, threadPartition } from './threadPartition.ts';

/** The threads that a run is to have beside its own, and who hears why it has not. */
export interface Workers {
  count: number;
  /** Hears, in one sentence without a full stop, why the run does without them. */
  refused(why: string): void;
}

/**
 * The threads of a run that is to have several; undefined where it does without, which is then said. `isLookedAt`: somebody
 * reads the states of the operators while the run goes on. Throws CAD001 when the installation is incomplete.
 */
export async function openPartitions(
  pipeline: Pipeline,
  { count, refused }: Workers,
  { io, isLookedAt }: { io: Io; isLookedAt: boolean },
): Promise<Partitions | undefined> {
  const cut = planCut(pipeline);
  const why = isCut(cut) ? foreign(pipeline, cut.partition) : cut.why;
  if (!isCut(cut) || why !== null) {
    refused(why!);
    return undefined;
  }
  const { operator, options } = pipeline.operators.find(({ id }) => id === cut.partition)!;
  const file = await partitionFile(io.files);
  const start = { operator: operator.spec.name, options };
  const open = () => Array.from({ length: count }, () => threadPartition(file, start));
  return { cut, count, isLookedAt, open, refused };
}

/** A thread has the program's own operators, by name. */
function foreign({ operators }: Pipeline, id: string): string | null {
  const { operator } = operators.find((node) => node.id === id)!;
  const own = builtins.operators.find(({ spec }) => spec.name === operator.spec.name);
  return own?.spec.options === operator.spec.options ? null : `${id} is not one of caducus's own operators, which a thread knows by name`;
}
