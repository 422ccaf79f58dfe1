import { pieceBytes } from '../../formats/bytes/limits.ts';
import { createParser, type FormatOption } from '../../formats/index.ts';
import type { ParserPosition } from '../../formats/format.ts';
import type { Signal } from '../../signal.ts';
import { DamagedGzip, plainBytes } from '../file/openBytes.ts';
import { signalMaker } from '../toSignals.ts';
import { findBinaryKind } from './findBinaryKind.ts';

/** Something of a store of objects: it has a name and bytes that do not change. */
export interface ObjectToRead {
  /** Its name, which no other has: ids of records are made of it. */
  name: string;
  /** When it was written, milliseconds since 1970: no record in it is later. */
  modified: number;
  /** The second half of the group of records that name none. */
  group: string;
  /** All its bytes, as they are stored. */
  bytes: AsyncIterable<Uint8Array>;
}

/** Records, and the place behind them: with it as `from` the rest is read. `null` behind the last. */
export interface ObjectBatch {
  records: Signal[];
  place: ParserPosition | null;
}

/**
 * Reads an object, plain or gzip, by a format, from a place on. What is of a kind that holds no text, and what is damaged,
 * becomes one rejected record behind what could be read.
 */
export async function* readObject(
  { name, modified, group, bytes }: ObjectToRead,
  { source, format }: { source: string; format: FormatOption },
  from: ParserPosition | null,
): AsyncGenerator<ObjectBatch> {
  const parser = createParser(format, { reference: modified }, from);
  const signals = signalMaker({ source, object: { name, group }, after: modified });
  const refuse = (reason: string): Signal[] => {
    const { line, offset } = parser.position();
    return signals([{ kind: 'refusal', reason, line: line + 1, offset, original: '' }]);
  };
  const chunks = plainBytes(bytes);
  let skip = from?.offset ?? 0;
  let isStart = true;
  try {
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      const kind = isStart ? findBinaryKind(next.value) : null;
      if (kind !== null) return yield { records: refuse(`is ${kind}, which is not read`), place: null };
      isStart = false;
      const chunk = next.value.subarray(Math.min(skip, next.value.length));
      skip -= next.value.length - chunk.length;
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        const records = signals(parser.push(chunk.subarray(at, at + pieceBytes)));
        if (records.length > 0) yield { records, place: parser.position() };
      }
    }
    yield { records: signals(parser.end()), place: null };
  } catch (error) {
    if (!(error instanceof DamagedGzip)) throw error;
    yield { records: [...signals(parser.end()), ...refuse(`damaged gzip data: ${error.message}`)], place: null };
  } finally {
    await chunks.return?.();
  }
}
