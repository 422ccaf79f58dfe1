import { z } from 'zod';
import { defineFormat, type FormatContext, type FormatItem, type Parser, type ParserPosition } from './format.ts';
import { ItemLog } from './itemLog.ts';
import { maxLineBytes, overlongReason } from './limits.ts';
import { LineCutter } from './lineCutter.ts';
import { stampOptions } from './stampClock.ts';

const options = z.strictObject({ ...stampOptions, maxLineBytes });

class LinesParser implements Parser {
  readonly #log: ItemLog;
  readonly #cutter: LineCutter;
  constructor(max: number, context: FormatContext, from: ParserPosition | null) {
    this.#log = new ItemLog((from?.state as number | null) ?? null, context.reference);
    this.#cutter = new LineCutter(
      { maxLineBytes: max, from, detached: true },
      (text, line, offset, invalid) => {
        if (text.trim() !== '') this.#log.add({ kind: 'draft', time: Number.NaN, text, metadata: invalid ? { invalid_utf8: true } : {}, raw: text, line, offset });
      },
      (start, bytes, line, offset) => this.#log.refuse(overlongReason(bytes, max), start, { line, offset }),
    );
  }
  push(chunk: Uint8Array): FormatItem[] {
    this.#cutter.push(chunk);
    return this.#log.take();
  }
  flush(): FormatItem[] {
    return this.#log.take(true);
  }
  end(): FormatItem[] {
    this.#cutter.end();
    return this.#log.take(true);
  }
  position(): ParserPosition {
    const held = this.#log.firstHeld;
    const { offset, line } = held ? { offset: held.offset, line: held.line - 1 } : this.#cutter;
    return { offset, line, state: this.#log.time };
  }
}

/** Raw text. */
export const lines = defineFormat({
  name: 'lines',
  summary: 'raw text, one record a line',
  options,
  create: ({ maxLineBytes: max }, context, from) => new LinesParser(max, context, from),
});
