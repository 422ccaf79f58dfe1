import { createParser, type FormatOption } from '../../formats/index.ts';
import type { Files } from '../../io.ts';
import type { Signal } from '../../signal.ts';
import { signalMaker } from '../toSignals.ts';
import { firstBytes } from './openBytes.ts';

/** Bytes of a sample, and of the beginning, which tells a reader the format. */
const sampleBytes = 1 << 16;
/** Where samples lie, as a share of the file; the last is its end. */
const places = [0.25, 0.5, 0.75, 1];

/** Records from some places of a plain file further on, each list in its order; none of a file that is short or compressed. */
export async function sampleRecords(
  files: Files,
  { path, size, gzip, modified }: { path: string; size: number; gzip: boolean; modified: number },
  format: FormatOption,
): Promise<Signal[][]> {
  if (gzip || size < 4 * sampleBytes) return [];
  const head = await firstBytes(files, path, sampleBytes);
  const found: Signal[][] = [];
  for (const place of places) {
    const parser = createParser(format, { reference: modified }, null);
    parser.push(head.subarray(0, head.lastIndexOf(10) + 1));
    parser.flush();
    const start = Math.max(head.length, Math.floor((size - sampleBytes) * place));
    const signals = signalMaker({ source: 'sample' });
    const records: Signal[] = [];
    let isFirst = true;
    for await (const chunk of files.chunks(path, { start, end: start + sampleBytes - 1, chunkBytes: sampleBytes })) {
      records.push(...signals(parser.push(isFirst ? chunk.subarray(chunk.indexOf(10) + 1) : chunk)));
      isFirst = false;
    }
    found.push(records);
  }
  return found;
}
