import type { Reader } from '../../io/servePages.ts';
import type { StreamEvent } from './answers.ts';

export interface StreamHubOptions {
  /** The board as it is now, as JSON. Asked for only while somebody reads. */
  board(): string;
  /** The first number. Larger than any that an earlier process gave. */
  start: number;
}

/** Events that are remembered for who comes back, and readers at a time. */
const mostEvents = 1000;
export const mostReaders = 32;

interface Remembered {
  id: number;
  event: StreamEvent;
  /** Of a board null: only the newest is worth sending. */
  data: object | null;
}

interface Listening {
  reader: Reader;
  /** It takes no more at the moment; what it misses is made good by the whole board. */
  full: boolean;
  missed: boolean;
}

/**
 * Server-sent events to many readers. Each has a running number; who comes back with the last one it had is sent what it
 * missed, out of the last thousand, and beyond them the whole board. A slow reader holds no queue: it gets the newest state.
 */
export class StreamHub {
  readonly #options: StreamHubOptions;
  readonly #ring: Remembered[] = [];
  readonly #readers = new Set<Listening>();
  #id: number;
  #changed = false;
  /** The board as it was sent last, written once for all readers. */
  #newest: { id: number; event: Uint8Array } | null = null;

  constructor(options: StreamHubOptions) {
    this.#options = options;
    this.#id = options.start;
  }

  get readers(): number {
    return this.#readers.size;
  }

  /** The board is no longer what was sent. */
  changed(): void {
    this.#changed = true;
  }

  /** Sends a finding or a mark, at once. */
  tell(event: 'finding' | 'mark', data: object): void {
    const one = this.#remember(event, data);
    if (this.#readers.size > 0) this.#sendAll(format(one.id, event, JSON.stringify(data)));
    this.#changed = true;
  }

  /** Sends the board, if it has changed since the last time. */
  flush(): void {
    if (!this.#changed) return;
    this.#changed = false;
    const one = this.#remember('radar', null);
    if (this.#readers.size > 0) this.#sendAll(this.#writeBoard(one.id));
  }

  /** Tells every reader that the stream is alive. `now`: ISO 8601. */
  ping(now: string): void {
    for (const one of this.#readers) if (!one.full) this.#write(one, `event: ping\ndata: ${JSON.stringify({ now })}\n\n`);
  }

  /** Takes a reader, who had events up to `last`; null for one who had none. False when there are too many. */
  open(reader: Reader, last: number | null): boolean {
    if (this.#readers.size >= mostReaders) return false;
    const one: Listening = { reader, full: false, missed: false };
    this.#readers.add(one);
    reader.gone(() => this.#readers.delete(one));
    this.#write(one, 'retry: 3000\n\n');
    const missed = last === null ? null : this.#since(last);
    for (const { id, event, data } of missed ?? []) if (data !== null) this.#write(one, format(id, event, JSON.stringify(data)));
    if (missed === null || missed.some(({ event }) => event === 'radar')) this.#write(one, this.#writeBoard(this.#id));
    return true;
  }

  /** Ends every stream. */
  close(): void {
    for (const { reader } of this.#readers) reader.end();
    this.#readers.clear();
  }

  /** What came after an event; null where that is not known any more. */
  #since(last: number): readonly Remembered[] | null {
    const first = this.#ring[0]?.id ?? this.#id + 1;
    return last > this.#id || last < first - 1 ? null : this.#ring.filter(({ id }) => id > last);
  }

  #remember(event: StreamEvent, data: object | null): Remembered {
    this.#id += 1;
    const one = { id: this.#id, event, data };
    this.#ring.push(one);
    if (this.#ring.length > mostEvents) this.#ring.shift();
    return one;
  }

  #writeBoard(id: number): Uint8Array {
    this.#newest = { id, event: format(id, 'radar', this.#options.board()) };
    return this.#newest.event;
  }

  #sendAll(event: Uint8Array): void {
    for (const one of this.#readers) this.#write(one, event);
  }

  #write(one: Listening, piece: string | Uint8Array): void {
    if (one.full) {
      one.missed = true;
      return;
    }
    if (one.reader.write(piece)) return;
    one.full = true;
    one.reader.drained(() => {
      one.full = false;
      if (!one.missed || !this.#readers.has(one)) return;
      one.missed = false;
      // Many are slow at once: a board that nothing has followed is not made again for each.
      this.#write(one, this.#newest?.id === this.#id ? this.#newest.event : this.#writeBoard(this.#id));
    });
  }
}

/** JSON holds no line break, so that an event is always of three lines. In bytes, which are the same for every reader. */
const format = (id: number, event: StreamEvent, data: string): Uint8Array => Buffer.from(`id: ${id}\nevent: ${event}\ndata: ${data}\n\n`);
