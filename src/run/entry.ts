import { defer, from, mergeMap, type Observable, type OperatorFunction } from 'rxjs';
import { nodeIo, type Io } from '../io.ts';
import type { Signal } from '../signal.ts';
import { builtins } from '../pipeline/builtins.ts';
import { compilePipeline } from '../pipeline/compile.ts';
import type { Pipeline } from '../pipeline/definition.ts';
import { readPipeline } from '../pipeline/packages/readPipeline.ts';
import type { Registry } from '../pipeline/registry.ts';
import { runPipeline } from './runPipeline.ts';
import { findPipeline } from '../pipeline/shipped.ts';

export interface EntryOptions {
  io?: Io;
  /** What a file can name; your own entries come in with `extend`. */
  registry?: Registry;
  /** Where sinks write that name no path. */
  dataDir?: string;
}

async function read(file: string, { io = nodeIo(), registry = builtins, dataDir = '.caducus/data' }: EntryOptions): Promise<Pipeline> {
  const found = await findPipeline(io, file);
  const config = (path: string) => (path === 'data_dir' ? dataDir : undefined);
  return readPipeline(found.file, found.text, { registry, variables: { env: io.env, config } }, io);
}

/**
 * The operators of a pipeline file (a path, or the name of a shipped one) as one RxJS operator.
 * Rejects with CaducusErrors that name line and column of everything that is wrong in it.
 */
export async function compile(file: string, options: EntryOptions = {}): Promise<OperatorFunction<Signal, Signal>> {
  return compilePipeline(await read(file, options));
}

/**
 * Runs a pipeline file with its sources and sinks: a cold Observable of the signals that leave its last operators.
 * Unsubscribing stops it; errors of the file, a source, an operator or a sink come as its error.
 */
export function run(file: string, options: EntryOptions = {}): Observable<Signal> {
  const { io = nodeIo(), dataDir = '.caducus/data' } = options;
  return defer(() => from(read(file, { ...options, io, dataDir }))).pipe(
    mergeMap((pipeline) => runPipeline(pipeline, { mode: 'durable', io, dataDir })),
  );
}
