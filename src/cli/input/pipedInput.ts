import { z } from 'zod';
import { createParser, formatOption } from '../../formats/index.ts';
import { defineSource, sourceOptions, type SourceBatch } from '../../sources/source.ts';
import { signalMaker } from '../../sources/toSignals.ts';

/** Bytes that are parsed at once. */
const pieceBytes = 1 << 16;

const options = z.strictObject({
  chunks: z.array(z.instanceof(Uint8Array)),
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
  open: ({ chunks, format, reference }, { id }) => {
    let read = 0;
    async function* batches(): AsyncGenerator<SourceBatch> {
      const signals = signalMaker({ source: id });
      const parser = createParser(format, { reference }, null);
      for (const chunk of chunks) {
        for (let at = 0; at < chunk.length; at += pieceBytes) {
          const piece = chunk.subarray(at, at + pieceBytes);
          read += piece.length;
          yield { records: signals(parser.push(piece)), position: parser.position().offset };
        }
      }
      yield { records: signals(parser.end()), position: parser.position().offset };
    }
    const of = chunks.reduce((sum, { length }) => sum + length, 0);
    return { batches: batches(), extent: () => ({ what: 'standard input', bytes: read, of }), close: async () => {} };
  },
});
