import { dirname } from 'node:path';
import { CaducusError } from '../../errors.ts';
import type { Event } from '../../event.ts';
import { writeAll, type Io } from '../../io.ts';
import type { TextForm } from './exportForms.ts';

/** Characters gathered before they are written. */
const block = 1 << 16;

interface Surroundings {
  io: Io;
  stop: AbortSignal;
}

/**
 * Writes events as text onto standard output (a path of null), or into a file that is there as a whole or not at all.
 * Returns nothing more than is known already. Throws CAD011 when the file cannot be written.
 */
export async function exportText(
  path: string | null,
  events: AsyncIterable<Event>,
  form: TextForm,
  { io, stop }: Surroundings,
): Promise<object> {
  if (path === null) {
    for await (const text of blocks(events, form)) if (!(await io.stdout.write(text))) return {};
    return {};
  }
  const { files } = io;
  const temporary = `${path}.tmp`;
  try {
    await files.remove(temporary);
    const file = await files.open(temporary, 'wx');
    try {
      for await (const text of blocks(events, form)) await writeAll(file, Buffer.from(text));
      await file.sync();
    } finally {
      await file.close();
    }
    if (stop.aborted) await files.remove(temporary);
    else {
      await files.rename(temporary, path);
      await files.syncFolder(dirname(path));
    }
  } catch (cause) {
    if (cause instanceof CaducusError) throw cause;
    throw new CaducusError('CAD011', { file: path }, cause instanceof Error ? cause.message : String(cause), { cause });
  }
  return {};
}

async function* blocks(events: AsyncIterable<Event>, { head, line }: TextForm): AsyncGenerator<string> {
  let text = head;
  for await (const event of events) {
    text += line(event);
    if (text.length < block) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
