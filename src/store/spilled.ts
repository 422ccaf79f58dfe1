import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Json } from '../event.ts';
import type { Files } from '../io.ts';

/**
 * A state that an older release put on disk: `<folder>/<number>.json`, a line with the checksum, a line with the state.
 * Null when it is gone or damaged.
 */
export async function readSpilled(files: Files, folder: string, number: number): Promise<Json | null> {
  const path = join(folder, `${number}.json`);
  const file = (await files.stat(path)) ? await files.readText(path) : '';
  const cut = file.indexOf('\n');
  const text = file.slice(cut + 1, -1);
  const isWhole = cut > 0 && file.slice(0, cut) === createHash('sha256').update(text).digest('hex');
  return isWhole ? (JSON.parse(text) as Json) : null;
}
