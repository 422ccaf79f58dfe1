import { recordLine } from '../../base/recordText.ts';
import type { Json } from '../../event.ts';
import type { Files } from '../../io.ts';
import { embedLexical, LEXICAL_MODEL } from '../../memory/text/lexical.ts';
import type { TextVector } from '../../memory/topics/vectors.ts';
import { Journal } from '../../store/journal.ts';

/** Where in a run vectors were handed over: to one key of an operator, before its tick at that event time, or before its end. */
export interface Place {
  operator: string;
  key: string;
  /** Milliseconds; null before the end. */
  time: number | null;
}

interface Line extends Place {
  /** Text, space, 32-bit floats in base64; null for a lexical vector, which follows from the text. */
  vectors: [string, string, string | null][];
}

/** One name for one place. */
export const readName = ({ operator, key, time }: Place) => JSON.stringify([operator, key, time]);

/**
 * The vectors a run was given, in its order. They are all that a run depends on beside its input: where it is worked
 * through again, be it after a crash or as a replay, these are handed over at the same places, stand-ins included.
 */
export class VectorJournal {
  /** A replay: nobody is to be asked, and nothing is written. */
  readonly replay: boolean;
  readonly #journal: Journal;
  readonly #from: Json;
  readonly #recorded = new Map<string, { time: number | null; vectors: Map<string, TextVector> }>();
  /** Event time that has been reached. */
  #reached = Number.NEGATIVE_INFINITY;

  private constructor(journal: Journal, { from, replay }: { from: Json; replay: boolean }) {
    this.#journal = journal;
    this.#from = from;
    this.replay = replay;
  }

  /** Opens the journal of a folder and reads what was written behind `from`; all of it when that is null. */
  static async open(files: Files, folder: string, { from = null as Json, replay = false } = {}): Promise<VectorJournal> {
    const opened = new VectorJournal(await Journal.open(files, folder, from), { from, replay });
    for await (const { lines } of opened.#journal.rest()) for (const line of lines) opened.#remember(line);
    return opened;
  }

  /** There are answers that have not been given yet: the run is still where an earlier one has been. */
  get ahead(): boolean {
    return this.#recorded.size > 0;
  }

  /** Takes out the vectors that were handed over there; undefined when none were. */
  take(place: Place): TextVector[] | undefined {
    if (this.#recorded.size === 0) return undefined;
    if (place.time !== null && place.time > this.#reached) this.#pass(place.time);
    const name = readName(place);
    const recorded = this.#recorded.get(name);
    this.#recorded.delete(name);
    return recorded && [...recorded.vectors.values()];
  }

  /** Writes what is about to be handed over. It survives the process, not a power cut: then it is asked for again. */
  append(place: Place, vectors: readonly TextVector[]): Promise<void> {
    const line: Line = {
      ...place,
      vectors: vectors.map(({ text, vector, space }) => [text, space, space === LEXICAL_MODEL ? null : packed(vector)]),
    };
    return this.#journal.append(recordLine(line), { sync: false });
  }

  /** Where a restart has to read from: from the same place again while there is something ahead. */
  get position(): Json {
    return this.ahead ? this.#from : this.#journal.end;
  }

  /** No checkpoint before that position is kept any more. */
  release(position: Json): Promise<void> {
    return this.#journal.release(position);
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  /** What was handed over before that time and has not been met again (another order, other options) never will be. */
  #pass(time: number): void {
    this.#reached = time;
    for (const [name, recorded] of this.#recorded) if (recorded.time !== null && recorded.time < time) this.#recorded.delete(name);
  }

  #remember(text: string): void {
    const line = parsed(text);
    // An end that was no end, because the input has grown, is met again with other topics open.
    if (!line || (line.time === null && !this.replay)) return;
    const known = this.#recorded.get(readName(line)) ?? { time: line.time, vectors: new Map<string, TextVector>() };
    for (const [of, space, base64] of line.vectors)
      known.vectors.set(of, { text: of, space, vector: base64 === null ? embedLexical(of) : unpacked(base64) });
    this.#recorded.set(readName(line), known);
  }
}

/** A damaged line is as good as none: what stood there is asked for again. */
function parsed(text: string): Line | null {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return null;
  }
}

function packed(vector: ArrayLike<number>): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (let at = 0; at < vector.length; at += 1) bytes.writeFloatLE(vector[at]!, at * 4);
  return bytes.toString('base64');
}

function unpacked(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length >> 2 }, (_, at) => bytes.readFloatLE(at * 4));
}
