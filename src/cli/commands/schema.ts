import { z } from 'zod';
import { pipelineSchema } from '../../pipeline/jsonSchema.ts';
import { defineCommand } from '../shared/command.ts';
import { requireFlag } from '../shared/flags.ts';
import { print } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';

/** `caducus schema`: the JSON Schema of pipeline files, with what `--require` adds. It is JSON with and without `--json`. */
export const command = defineCommand({
  flags: z.strictObject({ require: requireFlag('operators, sources or sinks') }),
  examples: ['caducus schema > pipeline.schema.json', 'caducus schema --require ./plugin.mjs > pipeline.schema.json'],
  async run(_args, { require }, context) {
    const { registry } = await loadContext({ require }, context);
    await print(context, [JSON.stringify(pipelineSchema(registry), null, 2)]);
  },
});
