import { z } from 'zod';
import { readPipeline } from '../../pipeline/packages/readPipeline.ts';
import { describeGraph } from '../../pipeline/describeGraph.ts';
import { planCut } from '../../pipeline/plan.ts';
import { drawGraph } from '../../pipeline/graph.ts';
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
    const pipeline = await readPipeline(file, text, await loadContext({ require }, context), context.io);
    if (!context.json) return print(context, [drawGraph(pipeline)]);
    return printJson(context, { ...describeGraph(pipeline), cut: planCut(pipeline) });
  },
});
