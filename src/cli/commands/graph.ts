import { z } from 'zod';
import { loadPipeline } from '../../pipeline/load.ts';
import { drawGraph } from '../../pipeline/graph.ts';
import { readVerb } from '../../pipeline/registry.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { defineCommand } from '../shared/command.ts';
import { requireFlag } from '../shared/flags.ts';
import { print, printJson } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';

/** `caducus graph <pipeline>`: the pipeline as a Mermaid flowchart, with `--json` as nodes and what feeds them. */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string() }),
  flags: z.strictObject({ require: requireFlag('operators, sources or sinks') }),
  examples: ['caducus graph radar.yaml', 'caducus graph hdfs-radar > radar.mmd'],
  async run({ pipeline: name }, { require }, context) {
    const { file, text } = await findPipeline(context.io, name);
    const pipeline = loadPipeline(file, text, await loadContext({ require }, context));
    if (!context.json) return print(context, [drawGraph(pipeline)]);
    const sourceIds = pipeline.sources.map((s) => s.id);
    const fed = (from: readonly string[]) => (from.length === 0 ? sourceIds : from);
    return printJson(context, {
      name: pipeline.name,
      sources: pipeline.sources.map(({ id, source }) => ({ id, verb: readVerb('source', source.spec.name) })),
      operators: pipeline.operators.map(({ id, operator, from }) => ({
        id,
        verb: readVerb('operator', operator.spec.name),
        from: fed(from),
        ports: Object.keys(operator.spec.ports ?? {}),
      })),
      sinks: pipeline.sinks.map(({ id, sink, from }) => ({ id, verb: readVerb('sink', sink.spec.name), from: fed(from) })),
    });
  },
});
