import { CaducusError } from '../../errors.ts';
import type { Pipeline, SourceNode } from '../../pipeline/definition.ts';
import { file } from '../../sources/file.ts';
import type { Source } from '../../sources/source.ts';
import { store } from '../../sources/store.ts';
import { readInput } from '../input/readInput.ts';
import type { InputFlags } from '../input/inputFlags.ts';
import type { CliContext } from '../shared/context.ts';
import { sourceNode } from '../shared/pipelineNodes.ts';
import { storeSpan } from '../shared/storeSpan.ts';

/** Where the events of a backtest come from. */
export interface History {
  /** In place of the sources of the pipeline, or those as finite ones. */
  sources: SourceNode[];
  /** The newest event time, as far as samples tell, milliseconds; null where none do. */
  newest: number | null;
}

interface HistoryFlags extends Pick<InputFlags, 'format'> {
  source?: 'store' | undefined;
}

/**
 * The history to run over: files, the store, or the files that the pipeline itself reads, each to its end. Files are read
 * in the format of the pipeline's own source where it has one. Throws CAD002 where there is no history.
 */
export async function openHistory(
  pipeline: Pipeline,
  files: readonly string[],
  flags: HistoryFlags,
  context: CliContext,
): Promise<History> {
  if (flags.source === 'store') {
    if (files.length > 0)
      throw new CaducusError('CAD002', { path: '--source' }, 'stands in place of files', { hint: 'Give either files or --source store.' });
    const { last } = await storeSpan(context.io.files, context.dataDir);
    if (last === null)
      throw new CaducusError('CAD002', { path: '--source' }, `the store of ${context.dataDir} has no events`, {
        hint: '--data-dir names another.',
      });
    return { sources: [sourceNode('store', store as Source, { path: context.dataDir })], newest: last };
  }
  const own = pipeline.sources.filter(({ source }) => !source.spec.accompanies);
  if (files.length === 0) return ownFiles(own, context);
  const [like] = own;
  const format = flags.format ?? (like?.options as { format?: unknown } | undefined)?.format;
  const options = format === undefined ? {} : { format };
  const sources = files.map((path, i) =>
    sourceNode(own.length === 1 ? `${like!.id}-${i + 1}` : `file-${i + 1}`, file as Source, { path, ...options }, like?.name ?? like?.id),
  );
  return { sources, newest: await findNewest(files, flags, context) };
}

/** The pipeline's own files, as they are now. */
async function ownFiles(own: readonly SourceNode[], context: CliContext): Promise<History> {
  const others = own.filter(({ source }) => source.spec.name !== file.spec.name);
  if (others.length > 0)
    throw new CaducusError('CAD002', {}, `${others.map(({ id }) => id).join(', ')} cannot be read again from the beginning`, {
      hint: 'Give files, or --source store for what was kept of them.',
    });
  const sources = own.map((node) => ({
    ...node,
    options: { ...(node.options as object), follow: false, readFrom: 'beginning' },
  }));
  const paths = own.map(({ options }) => (options as { path: string }).path);
  return { sources, newest: await findNewest(paths, {}, context) };
}

const findNewest = async (paths: readonly string[], { format }: Pick<InputFlags, 'format'>, context: CliContext): Promise<number | null> =>
  (await readInput(paths, [], { format, fields: undefined, year: undefined, by: 'group_id' }, context)).last;
