import type { EncodedSignals } from '../../kernel/encodeSignals.ts';
import type { FormatContext, ParserPosition } from '../../formats/format.ts';
import type { FormatOption } from '../../formats/index.ts';
import type { RedactKind } from '../../redact/kinds.ts';
import type { Owner } from '../file/podPath.ts';
import type { Signal } from '../../signal.ts';
import type { IdState } from '../toSignals.ts';

/** What a stream of bytes is parsed with, wherever that is done. Plain data. */
export interface ParseStart {
  format: FormatOption;
  context: FormatContext;
  from: ParserPosition | null;
  source: string;
  file: string;
  /** Whose output it is, where its path alone does not say. */
  owner: Owner | null;
  ids: IdState | undefined;
  /** How many earlier generations of the log began with a record of that digest. */
  generations: ReadonlyMap<string, number>;
}

/** What came of some bytes, as it travels. */
export interface EncodedParsed {
  signals: EncodedSignals;
  /** For each signal 1 where nothing in it is to be masked, 0 where that has to be looked at. */
  clean: Uint8Array;
  position: ParserPosition;
  ids: IdState | undefined;
}

/** What came of some bytes. */
export type Parsed = Omit<EncodedParsed, 'signals'> & { signals: Signal[] };

/** A stream that is parsed elsewhere, a piece after the other. */
export interface ParseStream {
  /** What comes of the next bytes, which are given away. Rejects when the thread has ended. */
  push(bytes: Uint8Array): Promise<EncodedParsed>;
  close(): void;
}

/** A place beside this thread in which bytes are parsed. */
export interface Parsing {
  open(start: ParseStart): ParseStream;
  close(): Promise<void>;
}

/** What the thread is started with, and what it is asked. Pushes are answered in their order. */
export interface ParsingStart {
  redact: readonly RedactKind[];
}
export type ParsingRequest =
  | { ask: 'open'; stream: number; start: ParseStart }
  | { ask: 'push'; stream: number; bytes: Uint8Array }
  | { ask: 'close'; stream: number };
export interface ParsingAnswer {
  parsed: EncodedParsed;
}
