import { join } from 'node:path';
import type { Json } from '../../event.ts';
import type { OperatorNode } from '../../pipeline/definition.ts';
import type { InFlight } from '../inFlight.ts';
import type { RunOptions } from '../runOptions.ts';
import { VectorJournal } from './vectorJournal.ts';
import { VectorProvider } from './vectorProvider.ts';

/**
 * The embedders of a run with their journal; null where no operator names one. In a replay none is opened: the vectors
 * are those of the recorded run. Rejects with the CaducusError of an embedder that cannot start.
 */
export async function openVectors(
  operators: readonly OperatorNode[],
  { io, checkpoints, replayVectors }: Pick<RunOptions, 'io' | 'checkpoints' | 'replayVectors'>,
  { from, stop, inFlight }: { from: Json; stop: AbortSignal; inFlight: InFlight },
): Promise<VectorProvider | null> {
  const replay = replayVectors !== undefined;
  const folder = replayVectors ?? (checkpoints?.folder && join(checkpoints.folder, 'vectors'));
  const vectors = await VectorProvider.open(operators, { io, stop, inFlight }, { replay });
  if (vectors && folder) vectors.use(await VectorJournal.open(io.files, folder, { from, replay }));
  return vectors;
}
