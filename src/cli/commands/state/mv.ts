import { join } from 'node:path';
import { z } from 'zod';
import { CaducusError } from '../../../errors.ts';
import { thisProcess } from '../../../io.ts';
import { idPattern } from '../../../pipeline/definition.ts';
import { stateFolder } from '../../../run/checkpoint/checkpointing.ts';
import { moveState } from '../../../run/checkpoint/moveState.ts';
import { lock } from '../../../store/lock.ts';
import { count } from '../../../views/text/numbers.ts';
import { defineCommand } from '../../shared/command.ts';
import { tell, type CliContext } from '../../shared/context.ts';
import { savedPipelines, unknownState } from '../../shared/savedPipelines.ts';

/** `caducus state mv OLD NEW`: a pipeline whose file has a new name goes on with what it knew. Refused while either runs (CAD041). */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string(), name: z.string() }),
  examples: ['caducus state mv orders orders-radar'],
  run: async ({ pipeline, name }, _flags, context) => move(pipeline, name, context),
});

async function move(from: string, name: string, context: CliContext): Promise<void> {
  const { io, dataDir } = context;
  const known = await savedPipelines(context);
  if (!known.includes(from)) throw unknownState(from, known);
  if (!idPattern.test(name))
    throw new CaducusError('CAD002', {}, `"${name}" cannot name a pipeline`, {
      hint: 'Letters, digits, "-" and "_", beginning with a letter.',
    });
  if (known.includes(name))
    throw new CaducusError('CAD002', {}, `${name} has state of its own`, { hint: `caducus state rm ${name} forgets it.` });
  const [old, folder] = [stateFolder(dataDir, from), stateFolder(dataDir, name)];
  const held = await lock(io, join(old, 'lock'), thisProcess);
  try {
    const taken = await lock(io, join(folder, 'lock'), thisProcess);
    try {
      const moved = await moveState(io.files, old, { folder, name });
      await tell(context, `${from} is ${name} now: ${count(moved)} checkpoints moved. What it had rejected stays listed under ${from}.`);
    } finally {
      await taken.release();
    }
  } finally {
    await held.release();
  }
}
