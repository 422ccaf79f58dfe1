import { join } from 'node:path';
import { z } from 'zod';
import { CaducusError } from '../../../errors.ts';
import { clearState, stateFolder } from '../../../run/checkpoint/checkpointing.ts';
import { count } from '../../../views/text/numbers.ts';
import { lock } from '../../../store/lock.ts';
import { forgetOperator } from '../../../run/checkpoint/forgetOperator.ts';
import { defineCommand } from '../../shared/command.ts';
import { text } from '../../shared/flags.ts';
import { tell, type CliContext } from '../../shared/context.ts';
import { savedPipelines, unknownState } from '../../shared/savedPipelines.ts';
import { thisProcess } from '../../../io.ts';

/** `caducus state rm NAME [--operator ID]`: forgets what a pipeline, or one operator of it, knows; its next run starts that anew. Refused while it runs (CAD041). */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string() }),
  flags: z.strictObject({ operator: text('id', 'only what this operator knows; all else goes on where it stood') }),
  examples: ['caducus state rm hdfs-radar', 'caducus state rm hdfs-radar --operator memory'],
  run: async ({ pipeline }, { operator }, context) => removeState(pipeline, operator, context),
});

async function removeState(name: string, operator: string | undefined, context: CliContext): Promise<void> {
  const { io, dataDir } = context;
  const known = await savedPipelines(context);
  if (!known.includes(name)) throw unknownState(name, known);
  const folder = stateFolder(dataDir, name);
  const held = await lock(io, join(folder, 'lock'), thisProcess);
  try {
    if (operator !== undefined) {
      const ids = await forgetOperator(io.files, folder, operator);
      if (ids !== null) throw unknownOperator(name, operator, ids);
      return await tell(context, `${name}: ${operator} starts anew with the next run; all else goes on where it stood.`);
    }
    const cleared = await clearState(io.files, folder);
    await tell(context, `${name}: ${count(cleared)} checkpoints removed; the next run starts anew. What the sinks wrote stays.`);
  } finally {
    await held.release();
  }
}

const unknownOperator = (name: string, operator: string, ids: readonly string[]): CaducusError =>
  new CaducusError('CAD002', {}, `${name} holds no state of an operator "${operator}"`, {
    hint: ids.length > 0 ? `It holds that of: ${ids.join(', ')}.` : 'It holds that of none.',
  });
