import { store } from '../../sources/store.ts';
import { storeSpan } from '../shared/storeSpan.ts';
import type { Source } from '../../sources/source.ts';
import { chooseWindow } from '../shared/chooseWindow.ts';
import type { CliContext } from '../shared/context.ts';
import { sourceNode } from '../shared/pipelineNodes.ts';
import type { OpenInput } from './openInput.ts';

/** What a radar reads. */
export type RadarInput = Pick<OpenInput, 'sources' | 'window' | 'io' | 'stop' | 'format' | 'live'> & {
  reading: OpenInput['reading'] | null;
};

/** The store as an input: it was read before, so that nothing has to be found out but the length of a window. */
export async function openStore(
  { group, window }: { group?: string | undefined; window?: number | undefined },
  context: CliContext,
): Promise<RadarInput> {
  const { io, dataDir, stop } = context;
  const sources = [sourceNode('store', store as Source, { path: dataDir, ...(group !== undefined && { group }) })];
  const rest = { sources, format: undefined, reading: null, io, stop, live: false };
  if (window !== undefined) return { ...rest, window };
  const { first, last } = await storeSpan(io.files, dataDir, group);
  return { ...rest, window: chooseWindow(first, last) };
}
