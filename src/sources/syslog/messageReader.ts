import { createParser, formatOption } from '../../formats/index.ts';
import type { FormatItem, Parser } from '../../formats/format.ts';
import { trimmed, type Frame } from './framing.ts';

/** A message is a record: what belongs together is sent together. */
const format = formatOption.parse({ lines: { multiline: false } });

/** Stamps without a year are read against a time not older than this, milliseconds. */
const newest = 3_600_000;

/** How rsyslog writes control characters that stood in a message: `#` and three octal digits. */
const escaped = /#0(0[1-7]|1[0-7]|2[0-7]|3[0-7])/g;

/** Reads the messages of one sender. Stamps are read as those of its stream: without a year, in its order of day and month. */
export class MessageReader {
  #parser: Parser | null = null;
  #since = 0;

  /** @param now arrival, milliseconds since 1970: the time of a message that has none */
  read(frame: Frame, now: number, peer: string): FormatItem[] {
    if (frame.kind === 'refused') {
      return [{ kind: 'refusal', reason: `${frame.reason}, from ${peer}`, line: 1, offset: 0, original: frame.original.toString('utf8') }];
    }
    const [head = '', ...more] = readText(frame.bytes).split('\n');
    return this.#parse(head, now).map((item) => {
      if (item.kind === 'refusal') return item;
      const text = more.length === 0 ? item.text : [item.text, ...more].join('\n');
      // A sender that names no host is known by its address.
      const metadata = item.metadata['host'] === undefined && peer !== '' ? { ...item.metadata, host: peer } : item.metadata;
      return { ...item, text, metadata, ...(item.borrowed !== undefined && { time: now }) };
    });
  }

  #parse(line: string, now: number): FormatItem[] {
    if (this.#parser === null || now - this.#since > newest) {
      this.#parser = createParser(format, { reference: now }, null);
      this.#since = now;
    }
    return [...this.#parser.push(Buffer.from(`${line}\n`)), ...this.#parser.flush()];
  }
}

/** UTF-8, or Latin-1 where it is none; line feeds that were escaped on the way are line feeds again. */
function readText(bytes: Buffer): string {
  const whole = trimmed(bytes);
  const utf8 = whole.toString('utf8');
  const text = utf8.includes('�') ? whole.toString('latin1') : utf8;
  const plain = text.includes('#0') ? text.replace(escaped, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))) : text;
  return plain.replaceAll('\r\n', '\n');
}
