import type { FormatItem } from '../../formats/format.ts';
import { LineReader } from '../lineReader.ts';
import { trimmed, type Frame } from './framing.ts';

/** How rsyslog writes control characters that stood in a message: `#` and three octal digits. */
const escaped = /#0(0[1-7]|1[0-7]|2[0-7]|3[0-7])/g;

/** Reads the messages of one sender. Stamps are read as those of its stream: without a year, in its order of day and month. */
export class MessageReader {
  readonly #lines = new LineReader();

  /** @param now arrival, milliseconds since 1970: the time of a message that has none */
  read(frame: Frame, now: number, peer: string): FormatItem[] {
    if (frame.kind === 'refused') {
      return [{ kind: 'refusal', reason: `${frame.reason}, from ${peer}`, line: 1, offset: 0, original: frame.original.toString('utf8') }];
    }
    const items = this.#lines.read(readText(frame.bytes), now);
    // A sender that names no host is known by its address.
    if (peer !== '') for (const item of items) if (item.kind === 'draft') item.metadata['host'] ??= peer;
    return items;
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
