import { join } from 'node:path';
import { z } from 'zod';
import { clearState, stateFolder } from '../../../run/checkpoint/checkpointing.ts';
import { count } from '../../../views/text/numbers.ts';
import { lock } from '../../../store/lock.ts';
import { defineCommand } from '../../shared/command.ts';
import { tell, type CliContext } from '../../shared/context.ts';
import { savedPipelines, unknownState } from '../../shared/savedPipelines.ts';
import { thisProcess } from '../../../io.ts';

/** `caducus state rm NAME`: forgets what a pipeline knows; its next run starts anew. Refused while it runs (CAD041). */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string() }),
  examples: ['caducus state rm hdfs-radar'],
  run: async ({ pipeline }, _flags, context) => removeState(pipeline, context),
});

async function removeState(name: string, context: CliContext): Promise<void> {
  const { io, dataDir } = context;
  const known = await savedPipelines(context);
  if (!known.includes(name)) throw unknownState(name, known);
  const folder = stateFolder(dataDir, name);
  const held = await lock(io, join(folder, 'lock'), thisProcess);
  try {
    const cleared = await clearState(io.files, folder);
    await tell(context, `${name}: ${count(cleared)} checkpoints removed; the next run starts anew. What the sinks wrote stays.`);
  } finally {
    await held.release();
  }
}
