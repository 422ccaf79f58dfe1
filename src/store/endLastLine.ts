import { writeAll, type Files } from '../io.ts';

const newline = 0x0a;

/**
 * Ends a file of lines with a line feed when a crash tore its last line, so that the next line is not swallowed by it.
 * Returns the file's length afterwards.
 */
export async function endLastLine(files: Files, path: string, length: number): Promise<number> {
  if (length === 0) return 0;
  for await (const chunk of files.chunks(path, { start: length - 1 })) if (chunk[0] === newline) return length;
  const file = await files.open(path, 'r+');
  await writeAll(file, Uint8Array.of(newline), length).finally(() => file.close());
  return length + 1;
}
