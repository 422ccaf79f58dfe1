import type { Arrival } from '../../arrival.ts';
import type { Json } from '../../event.ts';
import type { Files } from '../../io.ts';
import { readArrival, writeArrival } from './arrivalText.ts';
import { Journal, type JournalPosition } from '../../store/journal.ts';

/**
 * The arrivals of a live run in their order, a line of JSON each: with their records, and each time the clock
 * moved the watermark because nothing came. Working through them again gives the same run, byte for byte.
 */
export class ArrivalJournal {
  readonly #journal: Journal;
  #isRead = false;
  /** Behind the last arrival that was read; null before the first. */
  #at: JournalPosition | null = null;

  private constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Opens the journal, to be read from a saved position, or from its beginning. */
  static async open(files: Files, folder: string, from: Json): Promise<ArrivalJournal> {
    return new ArrivalJournal(await Journal.open(files, folder, from));
  }

  /** The arrivals that are there and have not been read. One that is damaged comes back as its text. */
  async *rest(): AsyncGenerator<Arrival | { damaged: string }> {
    for await (const { lines, ends, position } of this.#journal.rest()) {
      for (const [index, line] of lines.entries()) {
        this.#at = { ...position, offset: ends[index]! };
        yield readArrival(line) ?? { damaged: line };
      }
    }
    this.#isRead = true;
  }

  /** Writes an arrival. With `sync` it survives a power cut when this resolves: needed where the source cannot be read again. */
  append(arrival: Arrival, sync: boolean): Promise<void> {
    return this.#journal.append(`${writeArrival(arrival)}\n`, { sync });
  }

  /** Where a restart has to read from: behind the arrival that was read last, and once all are read, behind what was appended. */
  get position(): Json {
    return this.#isRead ? this.#journal.end : (this.#at ?? this.#journal.begin);
  }

  /** No checkpoint before that position is kept any more. */
  release(position: Json): Promise<void> {
    return this.#journal.release(position);
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}
