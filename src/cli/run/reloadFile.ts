import { CaducusError } from '../../errors.ts';
import type { Pipeline } from '../../pipeline/definition.ts';
import type { ReloadingRun } from '../../run/reload/reloadingRun.ts';
import type { CliContext } from '../shared/context.ts';
import { connect } from './connect.ts';

/**
 * Lets a run take its file as it is now: read, its new sources and sinks tried, then taken at a checkpoint. Resolves to what
 * became of what the run knew. Throws everything that is wrong with the file; the run then goes on as before.
 */
export async function reloadFile(running: ReloadingRun, read: () => Promise<Pipeline>, context: CliContext): Promise<readonly string[]> {
  const next = await read();
  const { sources, sinks } = running.pipeline;
  const isNew = (known: readonly { id: string; options: unknown }[], node: { id: string; options: unknown }) =>
    !known.some(({ id, options }) => id === node.id && JSON.stringify(options) === JSON.stringify(node.options));
  const fresh = {
    ...next,
    sources: next.sources.filter((node) => isNew(sources, node)),
    sinks: next.sinks.filter((node) => isNew(sinks, node)),
  };
  const failed = (await connect(fresh, context)).filter(({ ok }) => !ok);
  if (failed.length > 0)
    throw new CaducusError('CAD042', { file: next.file }, failed.map(({ part, what }) => `${part}: ${what}`).join('; '), {
      hint: failed[0]!.hint ?? 'Mend it and try again; the run goes on as before.',
    });
  return running.reload(next);
}
