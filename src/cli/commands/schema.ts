import { pipelineSchema } from '../../pipeline/jsonSchema.ts';
import type { CommandBody } from '../shared/commandBody.ts';
import { print } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';

/** `caducus schema`: the JSON Schema of pipeline files, with what `--require` adds. It is JSON with and without `--json`. */
export const schema: CommandBody = async (_args, flags, context) => {
  const { registry } = await loadContext(flags, context);
  await print(context, [JSON.stringify(pipelineSchema(registry), null, 2)]);
};
