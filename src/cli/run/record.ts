import { join } from 'node:path';
import { replaceFile, type Files } from '../../io.ts';
import { Recorder, type RecordingHead } from '../../run/replay/recording.ts';
import type { LoadContext } from '../../pipeline/load.ts';
import { secretName } from '../../redact/secretName.ts';
import type { CliContext } from '../shared/context.ts';

/** A load context that remembers which variables the file asked for. */
export function recordAsked(context: LoadContext): LoadContext & { asked: Set<string> } {
  const asked = new Set<string>();
  const env = new Proxy(context.variables.env, {
    // What is looked for first is whether it is set at all.
    getOwnPropertyDescriptor(target, name) {
      if (typeof name === 'string') asked.add(name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
  });
  return { ...context, variables: { ...context.variables, env }, asked };
}

/** The address of a webhook or a database often is its key. */
const addresses = /(?:url|uri|dsn|webhook)$/i;

/** Begins a recording. Variables that are not set are kept as null, so that they stay so; those with the names of secrets stay out. */
export function recorderFor(
  folder: string,
  about: Pick<RecordingHead, 'file' | 'text' | 'pipeline' | 'follow'>,
  asked: ReadonlySet<string>,
  { io }: CliContext,
): Promise<Recorder> {
  const variables = Object.fromEntries(
    [...asked].flatMap((name) => (secretName(name) !== null || addresses.test(name) ? [] : [[name, io.env[name] ?? null]])),
  );
  return Recorder.create(io.files, folder, { ...about, variables });
}

/** Takes the vectors that the run was given along into the recording. */
export async function copyVectors(files: Files, state: string, folder: string): Promise<void> {
  const from = join(state, 'vectors');
  const names = await files.list(from);
  if (names.length > 0) await files.makeFolder(join(folder, 'vectors'));
  for (const name of names) await replaceFile(files, join(folder, 'vectors', name), await files.readBytes(join(from, name)));
}
