import type { Json, JsonObject } from '../../event.ts';
import type { Draft, FormatContext, FormatItem, Parser, ParserPosition, Place } from '../format.ts';
import { ItemLog } from '../itemLog.ts';
import { jsonProblem, nestsTooDeep } from './jsonProblem.ts';
import { overlongReason } from '../bytes/limits.ts';
import { LineCutter } from '../bytes/lineCutter.ts';

/** What the objects mean. */
export interface ObjectReader {
  /** An object as a draft, its time NaN when it has none; or the reason it is no record. */
  draft(record: JsonObject, raw: string, place: Place, invalid: boolean): Draft | string;
  /** State for positions. */
  save(): Json;
}

type State = { time: number | null; reader: Json };

/** The state that an `ObjectReader.save` gave. */
export const savedReader = (from: ParserPosition | null): Json => (from?.state as State | undefined)?.reader ?? null;

const openBrace = 123;

/** Reads one JSON object a line; blank lines are skipped, anything else is refused with reason and place. */
export class JsonLinesParser implements Parser {
  readonly #log: ItemLog;
  readonly #cutter: LineCutter;
  readonly #reader: ObjectReader;

  constructor(maxLineBytes: number, reader: ObjectReader, context: FormatContext, from: ParserPosition | null) {
    const state = from?.state as State | null | undefined;
    this.#reader = reader;
    this.#log = new ItemLog(state?.time ?? null, context.reference);
    this.#cutter = new LineCutter(
      { maxLineBytes, from },
      (text, line, offset, invalid) => this.#line(text, line, offset, invalid),
      (start, bytes, line, offset) => this.#log.refuse(overlongReason(bytes, maxLineBytes), start, { line, offset }),
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
    const state: State = { time: this.#log.time, reader: this.#reader.save() };
    return { offset, line, state };
  }

  #line(raw: string, line: number, offset: number, invalid: boolean): void {
    if (raw.charCodeAt(0) !== openBrace && raw.trim() === '') return;
    const place = { line, offset };
    let record: unknown;
    try {
      record = JSON.parse(raw);
    } catch {
      return this.#log.refuse(jsonProblem(raw), raw, place);
    }
    if (typeof record !== 'object' || record === null || Array.isArray(record)) {
      return this.#log.refuse('not a JSON object', raw, place);
    }
    if (nestsTooDeep(raw, record)) return this.#log.refuse('nested too deep', raw, place);
    const draft = this.#reader.draft(record as JsonObject, raw, place, invalid);
    if (typeof draft === 'string') this.#log.refuse(draft, raw, place);
    else this.#log.add(draft);
  }
}
