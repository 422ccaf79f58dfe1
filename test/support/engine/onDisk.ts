import type { Pipeline } from '../../../src/pipeline/definition.ts';
import { runToEnd } from '../../../src/run/openRun.ts';
import { memoryFiles, type MemoryFiles } from '../memoryFiles.ts';
import { testIo } from '../testIo.ts';

/** A disk with what a pipeline reads, in /in.ndjson. */
export async function disk(input: string): Promise<MemoryFiles> {
  const files = memoryFiles({ largest: 20_000 });
  await write(files, input);
  return files;
}

export async function write(files: MemoryFiles, input: string): Promise<void> {
  const file = await files.open('/in.ndjson', 'w');
  await file.write(Buffer.from(input));
  await file.close();
}

/** What the sinks of a pipeline have written, but for the rejected records: an unfinished line is one each time it is read. */
export const written = (files: MemoryFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(files.texts()).filter(([path]) => /^\/d\/(?:out|segments)\//.test(path) && !path.endsWith('.tmp')));

/** What was decided. */
export const decided = (files: MemoryFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(files.texts()).filter(([path]) => /^\/d\/decisions\/.*\.ndjson$/.test(path)));

/** What is known of the run. */
export const known = (files: MemoryFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(files.texts()).filter(([path]) => /^\/d\/state\/\w+\/recall\/.*json$/.test(path)));

/** What a run without an engine writes, begun anew as often as it fails at another record. */
export const writeAlone = async (pipeline: Pipeline, input: string, mostFailures = 0): Promise<Record<string, string>> =>
  written(await runAlone(pipeline, input, mostFailures));

/** The disk behind it. */
export async function runAlone(pipeline: Pipeline, input: string, mostFailures = 0): Promise<MemoryFiles> {
  const files = await disk(input);
  for (let failures = 0; ; failures += 1) {
    try {
      await runToEnd(pipeline, { mode: 'durable', io: { ...testIo(), files }, dataDir: '/d' });
      return files;
    } catch (error) {
      if (failures === mostFailures) throw error;
    }
  }
}
