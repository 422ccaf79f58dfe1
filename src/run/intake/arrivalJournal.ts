import type { Json } from '../../event.ts';
import type { Files } from '../../io.ts';
import type { Signal } from '../../signal.ts';
import { Journal } from '../../store/journal.ts';

/** What a live run decided next, with all that its outcome depends on. */
export interface Decision {
  /** Time of the run's clock, milliseconds. */
  at: number;
  /** The source that something came of; absent when nothing came for a while. */
  source?: string;
  /** Its records, as they were worked on. */
  records?: Signal[];
  /** How many the source gave, where that is not their number. */
  given?: number;
  /** Where the source stands behind them. */
  position?: Json;
  watermark?: number;
  /** Records behind that position which had been taken before. */
  left?: number;
  /** That source came to its end. */
  ended?: boolean;
}

/**
 * The decisions of a live run in their order, a line of JSON each: arrivals with their records, and each time the clock
 * moved the watermark because nothing came. Working through them again gives the same run, byte for byte.
 */
export class ArrivalJournal {
  readonly #journal: Journal;
  #isRead = false;

  private constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Opens the journal, to be read from a saved position, or from its beginning. */
  static async open(files: Files, folder: string, from: Json): Promise<ArrivalJournal> {
    return new ArrivalJournal(await Journal.open(files, folder, from));
  }

  /** The decisions that are there and have not been read. One that is damaged comes back as its text. */
  async *rest(): AsyncGenerator<Decision | { damaged: string }> {
    for await (const { lines } of this.#journal.rest()) {
      for (const line of lines) yield parsed(line);
    }
    this.#isRead = true;
  }

  /** Writes a decision. With `sync` it survives a power cut when this resolves: needed where the source cannot be read again. */
  append(decision: Decision, sync: boolean): Promise<void> {
    return this.#journal.append(`${JSON.stringify(decision)}\n`, { sync });
  }

  /** Where a restart has to read from: before what is there as long as it has not been read, then behind what was appended. */
  get position(): Json {
    return this.#isRead ? this.#journal.end : this.#journal.begin;
  }

  /** No checkpoint before that position is kept any more. */
  release(position: Json): Promise<void> {
    return this.#journal.release(position);
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}

function parsed(line: string): Decision | { damaged: string } {
  try {
    return JSON.parse(line) as Decision;
  } catch {
    return { damaged: line };
  }
}
