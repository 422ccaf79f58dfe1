import { z } from 'zod';
import { createParser, formatOption } from '../../formats/index.ts';
import { defineSource, sourceOptions, type SourceBatch } from '../../sources/source.ts';
import { withoutLine } from '../../sources/file/backwardReader.ts';
import {
  bytesInMemory,
  fileBytes,
  looksNewestFirst,
  readBackwards,
  type Bytes,
  type MakeParser,
} from '../../sources/file/readBackwards.ts';
import { signalMaker } from '../../sources/toSignals.ts';

/** Bytes that are parsed at once. */
const pieceBytes = 1 << 16;

const options = z.strictObject({
  chunks: z.array(z.instanceof(Uint8Array)),
  /** Where all of it was put on disk because it has to be read backwards; it goes when it has been read. */
  spooled: z.strictObject({ path: z.string(), size: z.number() }).optional(),
  format: formatOption,
  /** When the input was written, milliseconds since 1970. */
  reference: z.number(),
  ...sourceOptions,
});

/** What came by standard input, all of which is held: it is read as a file is. */
export const pipedInput = defineSource({
  name: 'stdin',
  summary: 'what was piped into the program, to its end',
  options,
  sequential: true,
  open: ({ chunks, spooled, format, reference }, { id, io }) => {
    let read = 0;
    const signals = signalMaker({ source: id });
    const makeParser: MakeParser = (from) => createParser(format, { reference }, from);
    async function* backwards(bytes: Bytes): AsyncGenerator<SourceBatch> {
      for await (const { items, end } of readBackwards(bytes, makeParser, bytes.size)) {
        read = bytes.size - end;
        yield { records: signals(items).map(withoutLine), position: end };
      }
    }
    async function* batches(): AsyncGenerator<SourceBatch> {
      const bytes = spooled ? fileBytes(io.files, spooled) : bytesInMemory(Buffer.concat(chunks));
      if (spooled || (await looksNewestFirst(bytes, makeParser))) return yield* backwards(bytes);
      const parser = makeParser(null);
      for (const chunk of chunks) {
        for (let at = 0; at < chunk.length; at += pieceBytes) {
          const piece = chunk.subarray(at, at + pieceBytes);
          read += piece.length;
          yield { records: signals(parser.push(piece)), position: parser.position().offset };
        }
      }
      yield { records: signals(parser.end()), position: parser.position().offset };
    }
    const of = spooled?.size ?? chunks.reduce((sum, { length }) => sum + length, 0);
    const close = async () => {
      if (spooled) await io.files.remove(spooled.path);
    };
    return { batches: batches(), extent: () => ({ what: 'standard input', bytes: read, of }), close };
  },
});
