import { z } from 'zod';
import { pipelineSchema } from '../../pipeline/jsonSchema.ts';
import { withInstalled } from '../../pipeline/packages/withPackages.ts';
import { defineCommand } from '../shared/command.ts';
import { requireFlag } from '../shared/flags.ts';
import { print, tell } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';

/** `caducus schema`: the JSON Schema of pipeline files, with what installed packages and `--require` add. It is JSON with and without `--json`. */
export const command = defineCommand({
  flags: z.strictObject({ require: requireFlag('operators, sources or sinks') }),
  examples: ['caducus schema > pipeline.schema.json', 'caducus schema --require ./plugin.mjs > pipeline.schema.json'],
  async run(_args, { require }, context) {
    const { registry, failed } = await withInstalled((await loadContext({ require }, context)).registry, context.io);
    for (const { what } of failed) await tell(context, what);
    await print(context, [JSON.stringify(pipelineSchema(registry), null, 2)]);
  },
});
