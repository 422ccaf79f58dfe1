import { CaducusErrors } from '../errors.ts';
import { loadPipeline } from '../pipeline/load.ts';
import { findPipeline } from '../pipeline/shipped.ts';
import { print, printJson } from './context.ts';
import { loadContext } from './loadContext.ts';
import type { CommandBody } from './commandBody.ts';
import { showError } from './showError.ts';

/** `caducus validate`: checks files and starts nothing. Exit 78 when one of them has errors. */
export const validate: CommandBody = async (names, flags, context) => {
  const results: { file: string; errors: { code: string; line?: number | undefined; column?: number | undefined; what: string }[] }[] = [];
  let exit = 0;
  for (const name of names) {
    const { file, text } = await findPipeline(context.io, name);
    try {
      const pipeline = loadPipeline(file, text, await loadContext(flags, context));
      results.push({ file, errors: [] });
      if (!context.json) {
        const parts = [`${pipeline.sources.length} sources`, `${pipeline.operators.length} operators`, `${pipeline.sinks.length} sinks`];
        await print(context, [`${file}  ok: ${parts.join(', ')}`]);
      }
    } catch (error) {
      if (!(error instanceof CaducusErrors)) throw error;
      exit = error.exit;
      results.push({ file, errors: error.errors.map(({ code, where, what }) => ({ code, line: where.line, column: where.column, what })) });
      if (!context.json) await print(context, [showError(error, { color: context.color }).text]);
    }
  }
  if (context.json) await printJson(context, results);
  return exit;
};
