import { decodeSignals } from '../../kernel/encodeSignals.ts';
import type { Signal } from '../../signal.ts';
import type { EncodedParsed, Parsed, ParseStream } from './parsing.ts';

/** Pieces that are under way at a time: so many are held in memory. */
const mostUnderWay = 4;

/**
 * Cuts bytes into pieces and has them parsed elsewhere: gives each piece with what came of it, in their order, while the next
 * ones are read. `cut`: bytes of the next piece.
 */
export async function* parseAside(
  stream: ParseStream,
  chunks: AsyncIterable<Uint8Array>,
  cut: () => number,
): AsyncGenerator<{ piece: Uint8Array; parsed: Parsed }> {
  const underWay: { piece: Uint8Array; parsed: Promise<EncodedParsed> }[] = [];
  const take = async () => {
    const { piece, parsed } = underWay.shift()!;
    const { signals, ...rest } = await parsed;
    // Not before its turn: records that wait would be copied about by the garbage collector.
    return { piece, parsed: { ...rest, signals: decodeSignals(signals) as Signal[] } };
  };
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const piece = chunk.subarray(at, at + cut());
      at += piece.length;
      const parsed = stream.push(new Uint8Array(piece));
      // What goes wrong is heard of when it is taken.
      parsed.catch(() => undefined);
      underWay.push({ piece, parsed });
      if (underWay.length > mostUnderWay) yield await take();
    }
  }
  while (underWay.length > 0) yield await take();
}
