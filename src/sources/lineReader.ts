import { createParser, formatOption } from '../formats/index.ts';
import type { FormatItem, Parser } from '../formats/format.ts';

/** A message is a record: what belongs together is sent together. */
const format = formatOption.parse({ lines: { multiline: false } });

/** Stamps without a year are read against a time not older than this, milliseconds. */
const newest = 3_600_000;

/** Reads messages that come one by one, as the lines of one log: a header is peeled off, a record in it gives its fields. */
export class LineReader {
  #parser: Parser | null = null;
  #since = 0;

  /** @param now arrival, milliseconds since 1970: the time of a message that has none */
  read(message: string, now: number): FormatItem[] {
    if (this.#parser === null || now - this.#since > newest) {
      this.#parser = createParser(format, { reference: now }, null);
      this.#since = now;
    }
    const end = message.indexOf('\n');
    const head = end < 0 ? message : message.slice(0, end);
    const items = [...this.#parser.push(Buffer.from(`${head}\n`)), ...this.#parser.flush()];
    for (const item of items) {
      if (item.kind === 'refusal') continue;
      if (end >= 0) item.text += message.slice(end).trimEnd();
      if (item.borrowed !== undefined) item.time = now;
    }
    return items;
  }
}
