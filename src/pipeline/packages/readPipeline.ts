import { dirname } from 'node:path';
import type { Io } from '../../io.ts';
import type { Pipeline } from '../definition.ts';
import { loadPipeline, type LoadContext } from '../load.ts';
import { withPackages } from './withPackages.ts';

/** Reads a pipeline file as `loadPipeline` does, with the installed packages that it names something of. */
export const readPipeline = (file: string, text: string, context: LoadContext, io: Pick<Io, 'files'>): Promise<Pipeline> =>
  withPackages(context, dirname(file), io, (all) => loadPipeline(file, text, all));
