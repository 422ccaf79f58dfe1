import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { askRun } from '../control/askRun.ts';
import { reloadOnEngine } from '../engine/reloadOnEngine.ts';
import { defineCommand } from '../shared/command.ts';
import { print, printJson } from '../shared/context.ts';
import { on, requireFlag, text } from '../shared/flags.ts';

/** `caducus reload [pipeline]`: a running pipeline takes its file as it is now; with `--engine` all processes take this file. */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string().optional() }),
  flags: z.strictObject({
    engine: text('url', 'the processes that run a pipeline file on a message engine go on with it as it is here'),
    acceptChanges: on('with --engine: what the states of changed operators are kept by may be another; those start anew'),
    require: requireFlag('operators, sources or sinks'),
  }),
  examples: ['caducus reload', 'caducus reload hdfs-radar', 'caducus reload radar.yaml --engine nats://host:4222'],
  async run({ pipeline: name }, { engine, ...flags }, context) {
    if (engine !== undefined) {
      if (name !== undefined) return reloadOnEngine(name, { engine, ...flags }, context);
      throw new CaducusError('CAD002', {}, '--engine needs the pipeline file', { hint: 'caducus reload radar.yaml --engine URL' });
    }
    const { pipeline, answers } = await askRun<{ notes: string[] }>(name, { ask: 'reload' }, context);
    for await (const { notes } of answers)
      await (context.json
        ? printJson(context, { pipeline, notes })
        : print(context, [`${pipeline} goes on with its file as it is now.`, ...notes]));
  },
});
