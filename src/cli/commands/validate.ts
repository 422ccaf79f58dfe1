import { z } from 'zod';
import { CaducusErrors } from '../../errors.ts';
import { readPipeline } from '../../pipeline/packages/readPipeline.ts';
import { findPipeline } from '../../pipeline/shipped.ts';
import { connect, type Connection } from '../run/connect.ts';
import { print, printJson, type CliContext } from '../shared/context.ts';
import { loadContext } from '../shared/loadContext.ts';
import { defineCommand } from '../shared/command.ts';
import { on, requireFlag } from '../shared/flags.ts';
import { showError } from '../shared/showError.ts';

interface FileResult {
  file: string;
  errors: { code: string; line?: number | undefined; column?: number | undefined; what: string; hint: string }[];
  /** With `--connect`. */
  connections?: Connection[];
}

/**
 * `caducus validate`: checks files and starts nothing; with `--connect` sources and sinks are opened as well, read-only.
 * Exit 78 when a file has errors, 74 when all are sound but something cannot be opened.
 */
export const command = defineCommand({
  arguments: z.strictObject({ files: z.array(z.string()).min(1) }),
  flags: z.strictObject({
    connect: on('also open sources and sinks, reading and writing nothing, for at most 10 s'),
    require: requireFlag('operators, sources or sinks'),
  }),
  examples: ['caducus validate radar.yaml', 'caducus validate pipelines/*.yaml', 'caducus validate radar.yaml --connect'],
  async run({ files: names }, { connect: connected, require }, context) {
    const results: FileResult[] = [];
    const load = await loadContext({ require }, context);
    let exit = 0;
    for (const name of names) {
      const { file, text } = await findPipeline(context.io, name);
      try {
        const pipeline = await readPipeline(file, text, load, context.io);
        const result: FileResult = { file, errors: [] };
        results.push(result);
        const parts = [counted(pipeline.sources, 'source'), counted(pipeline.operators, 'operator'), counted(pipeline.sinks, 'sink')];
        if (!context.json) await print(context, [`${file}  ok: ${parts.join(', ')}`]);
        if (!connected) continue;
        result.connections = await connect(pipeline, context);
        if (result.connections.some((c) => !c.ok)) exit ||= 74;
        if (!context.json) await print(context, result.connections.flatMap(connectionLines));
      } catch (error) {
        if (!(error instanceof CaducusErrors)) throw error;
        exit = error.exit;
        results.push({
          file,
          errors: error.errors.map(({ code, where, what, hint }) => ({ code, line: where.line, column: where.column, what, hint })),
        });
        if (!context.json) await printProblems(error, context);
      }
    }
    if (context.json) await printJson(context, results);
    return exit;
  },
});

const counted = (list: readonly unknown[], word: string): string => `${list.length} ${word}${list.length === 1 ? '' : 's'}`;

const connectionLines = ({ part, ok, what, code, hint }: Connection): string[] => [
  `  ${ok ? 'ok  ' : 'FAIL'}  ${part}: ${code ? `${code} ` : ''}${what}`,
  ...(hint ? [`        ${hint}`] : []),
];

/** Errors are what this command is asked for: they go to standard output. */
const printProblems = (error: CaducusErrors, context: CliContext) => print(context, [showError(error, { color: context.color }).text]);
