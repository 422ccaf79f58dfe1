import { z } from 'zod';
import { openTop } from '../live/openTop.ts';
import { defineCommand } from '../shared/command.ts';
import { on } from '../shared/flags.ts';

/** `caducus top [pipeline]`: a running pipeline, live: what is unusual in it, and how its parts stand. */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string().optional() }),
  flags: z.strictObject({ plain: on('how it stands now, printed; as where there is no terminal') }),
  examples: ['caducus top', 'caducus top hdfs-radar', "caducus top hdfs-radar --json | jq '.components[] | {id, in_rate}'"],
  run: async ({ pipeline }, { plain }, context) => openTop(pipeline, plain, context),
});
