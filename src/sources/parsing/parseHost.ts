import { pieceBytes } from '../../formats/bytes/limits.ts';
import { encodeSignals } from '../../kernel/encodeSignals.ts';
import { createParser } from '../../formats/index.ts';
import type { Parser } from '../../formats/format.ts';
import { Redactor } from '../../redact/redactor.ts';
import { signalMaker } from '../toSignals.ts';
import type { FormatItem } from '../../formats/format.ts';
import type { Signal } from '../../signal.ts';
import type { EncodedParsed, ParsingRequest, ParsingStart, ParseStart } from './parsing.ts';

interface Stream {
  parser: Parser;
  makeSignals(items: readonly FormatItem[]): Signal[];
  ids: ParseStart['ids'];
}

/** Parses the streams it is given, each where it stands. */
export class ParseHost {
  readonly #streams = new Map<number, Stream>();
  readonly #redactor: Redactor;

  constructor({ redact }: ParsingStart) {
    this.#redactor = new Redactor(redact);
  }

  /** What came of the bytes it was asked to parse; null where it was asked for something else. */
  answer(request: ParsingRequest): EncodedParsed | null {
    if (request.ask === 'open') this.#open(request.stream, request.start);
    else if (request.ask === 'close') this.#streams.delete(request.stream);
    else return this.#push(this.#streams.get(request.stream)!, request.bytes);
    return null;
  }

  #open(stream: number, { format, context, from, source, file, owner, ids, generations }: ParseStart): void {
    const generationsBefore = (first: string) => generations.get(first) ?? 0;
    this.#streams.set(stream, {
      parser: createParser(format, context, from),
      makeSignals: signalMaker({ source, file, owner, ids, generationsBefore }),
      ids,
    });
  }

  #push({ parser, makeSignals, ids }: Stream, bytes: Uint8Array): EncodedParsed {
    const signals: Signal[] = [];
    for (let at = 0; at < bytes.length; at += pieceBytes)
      for (const signal of makeSignals(parser.push(bytes.subarray(at, at + pieceBytes)))) signals.push(signal);
    // What would be masked is given as it is: it is counted where it is masked.
    const clean = Uint8Array.from(signals, (signal) => Number(this.#redactor.record(signal) === signal));
    return { signals: encodeSignals(signals), clean, position: parser.position(), ids };
  }
}
