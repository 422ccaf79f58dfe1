import { z } from 'zod';
import { createParser, formatOption, type FormatOption } from '../../formats/index.ts';
import { originalBytes, type FormatItem, type ParserPosition } from '../../formats/format.ts';
import type { Files } from '../../io.ts';
import type { RejectedRecord } from '../../store/rejectedFiles.ts';
import type { Signal } from '../../signal.ts';
import { openBytes, isGzip } from '../../sources/file/openBytes.ts';
import { defineSource, sourceOptions } from '../../sources/source.ts';
import { signalMaker } from '../../sources/toSignals.ts';
import type { Checkpoints } from '../checkpoint/checkpointer.ts';
import type { Pipeline, SourceNode } from '../../pipeline/definition.ts';
import type { Snapshot } from '../checkpoint/snapshot.ts';

/** How much of a file is read to learn what came before a record: a header, the format, a date. */
const look = 1 << 16;

/** What a parser knew when it met a record of that file; null when the file is gone or there is none. */
async function stateAt(files: Files, format: FormatOption, file: string | undefined): Promise<ParserPosition['state']> {
  const stat = file === undefined ? null : await files.stat(file);
  if (!stat?.isFile()) return null;
  const parser = createParser(format, { reference: Math.floor(stat.mtimeMs) }, null);
  let read = 0;
  for await (const chunk of openBytes(files, file!, 0, await isGzip(files, file!))) {
    parser.push(chunk.subarray(0, look - read));
    read += chunk.length;
    if (read >= look) break;
  }
  return parser.position().state;
}

/** Reads the originals again as the source would, at the places where they stood, so that their ids are the same. */
async function makeSignals(files: Files, node: SourceNode, records: readonly RejectedRecord[]): Promise<Signal[]> {
  const { format = 'auto' } = node.options as { format?: FormatOption };
  const name = node.name ?? node.id;
  const states = new Map<string | undefined, ParserPosition['state']>();
  const signals: Signal[] = [];
  for (const {
    source,
    place: { file, line = 1, offset = 0 },
    original,
  } of records) {
    // What an operator refused had been an event by then.
    const option = source === name ? format : formatOption.parse('ndjson');
    if (source === name && !states.has(file)) states.set(file, await stateAt(files, format, file));
    const parser = createParser(option, {}, source === name ? { offset, line: line - 1, state: states.get(file) ?? null } : null);
    const items: FormatItem[] = [...parser.push(Buffer.from(`${original}\n`)), ...parser.end()];
    signals.push(...signalMaker({ source: name, ...(file !== undefined && { file }) })(items));
  }
  return signals;
}

/** Whether all of a record was kept, so that it can be read again. */
export const isWhole = ({ original }: RejectedRecord): boolean => original !== '' && Buffer.byteLength(original) < originalBytes;

/** A source that gives rejected records of another one again, once, and says when it has. */
function retrySource(node: SourceNode, records: readonly RejectedRecord[], done: () => void): SourceNode {
  const source = defineSource({
    name: 'rejected',
    summary: 'rejected records, once more',
    accompanies: node.source.spec.accompanies,
    options: z.strictObject({ ...sourceOptions }),
    open: (_options, { io: { files } }) => ({
      batches: (async function* () {
        yield { records: await makeSignals(files, node, records), position: null };
        done();
      })(),
      close: async () => {},
    }),
  });
  return {
    id: node.id,
    ...(node.name !== undefined && { name: node.name }),
    source: source,
    options: source.spec.options.parse({}),
  };
}

/**
 * The pipeline with rejected records for its input. What an operator refused goes in by the first source; what accompanies
 * the sources has nothing to say. `done` is called when all of them have been taken.
 */
export function retryPipeline(pipeline: Pipeline, records: readonly RejectedRecord[], done: () => void): Pipeline {
  const own = pipeline.sources.filter(({ source }) => !source.spec.accompanies);
  const names = own.map(({ id, name }) => name ?? id);
  let left = own.length;
  const one = () => {
    left -= 1;
    if (left === 0) done();
  };
  const selectRecords = (index: number) => records.filter(({ source }) => (names.includes(source) ? names[index] === source : index === 0));
  const sources = pipeline.sources.map((node) =>
    node.source.spec.accompanies ? retrySource(node, [], () => {}) : retrySource(node, selectRecords(own.indexOf(node)), one),
  );
  return { ...pipeline, sources };
}

/** The pipeline's own checkpoints for a retry: all goes on from them but the sources, which stay where they stood. */
export function retryCheckpoints(kept: Checkpoints): Checkpoints {
  let before: Snapshot | null = null;
  return {
    ...(kept.folder !== undefined && { folder: kept.folder }),
    async restore() {
      before = await kept.restore();
      return before && { ...before, sources: [] };
    },
    due: () => false,
    begin: (all) => kept.begin(all),
    write: (lines) => kept.write(lines),
    finish: (head) =>
      kept.finish({
        ...head,
        sources: before?.sources ?? [],
        journal: before?.journal ?? null,
        ...(before && { progress: before.progress }),
      }),
    abandon: () => kept.abandon(),
  };
}
