import { parse } from 'csv-parse/sync';
import type { Json } from '../../event.ts';
import { CsvJoiner, type CsvRecord } from './csvJoiner.ts';
import type { Draft, FormatContext, FormatItem, Parser, ParserPosition } from '../format.ts';
import { ItemLog } from '../itemLog.ts';
import { overlongReason } from '../bytes/limits.ts';
import { LineCutter } from '../bytes/lineCutter.ts';

/** A row's fields as a draft without its place, or the reason it is none. */
export type RowReader = (fields: readonly string[]) => Omit<Draft, 'kind' | 'line' | 'offset' | 'raw'> | string;

export interface CsvParserOptions {
  delimiter: string;
  maxLineBytes: number;
  /** Names of the columns, when the file has no header. */
  columns?: readonly string[] | undefined;
  /** Called with the column names, before the first row. */
  rows(columns: readonly string[]): RowReader;
  /** State of the row reader for positions. */
  save(): Json;
}

type State = { columns: string[] | null; delimiter: string; time: number | null; rows: Json };

/** The state that a `CsvParserOptions.save` gave. */
export const savedRows = (from: ParserPosition | null): Json => (from?.state as State | undefined)?.rows ?? null;

/** The delimiter that a header uses most; a comma when it uses none. */
const guessDelimiter = (header: string): string =>
  [',', ';', '\t', '|'].reduce((best, one) => (header.split(one).length > header.split(best).length ? one : best));

/**
 * CSV by RFC 4180, read leniently: quotes inside unquoted fields are text, blank lines are skipped. Rows with more or fewer
 * fields than the header are refused. csv-parse does the fields; records are cut here, so that a broken one costs itself only.
 */
export class CsvParser implements Parser {
  readonly #options: CsvParserOptions;
  readonly #log: ItemLog;
  readonly #cutter: LineCutter;
  #joiner: CsvJoiner | null = null;
  #delimiter: string;
  #columns: readonly string[] | null;
  #reader: RowReader | null;
  #waiting: CsvRecord[] = [];

  constructor(options: CsvParserOptions, context: FormatContext, from: ParserPosition | null) {
    const state = from?.state as State | null | undefined;
    this.#options = options;
    this.#delimiter = state?.delimiter ?? options.delimiter;
    this.#columns = state?.columns ?? options.columns ?? null;
    this.#reader = this.#columns && options.rows(this.#columns);
    this.#log = new ItemLog(state?.time ?? null, context.reference);
    this.#cutter = new LineCutter(
      { maxLineBytes: options.maxLineBytes, from },
      (raw, line, offset, invalid) => this.#join(raw).line({ raw, line, offset, invalid }),
      (start, bytes, line, offset) => {
        this.#joiner?.giveUp();
        this.#parseWaiting();
        this.#log.refuse(overlongReason(bytes, options.maxLineBytes), start, { line, offset });
      },
    );
  }

  push(chunk: Uint8Array): FormatItem[] {
    this.#cutter.push(chunk);
    this.#parseWaiting();
    return this.#log.take();
  }

  flush(): FormatItem[] {
    return this.#log.take(true);
  }

  end(): FormatItem[] {
    this.#cutter.end();
    this.#joiner?.giveUp();
    this.#parseWaiting();
    return this.#log.take(true);
  }

  position(): ParserPosition {
    const first = this.#log.firstHeld ?? this.#joiner?.pending;
    const { offset, line } = first ? { offset: first.offset, line: first.line - 1 } : this.#cutter;
    const columns = this.#columns === null ? null : [...this.#columns];
    const state: State = { columns, delimiter: this.#delimiter, time: this.#log.time, rows: this.#options.save() };
    return { offset, line, state };
  }

  #join(firstLine: string): CsvJoiner {
    if (this.#joiner) return this.#joiner;
    if (this.#delimiter === 'auto') this.#delimiter = guessDelimiter(firstLine);
    this.#joiner = new CsvJoiner(
      this.#delimiter,
      this.#options.maxLineBytes,
      (record) => void this.#waiting.push(record),
      (record) => {
        this.#parseWaiting();
        this.#log.refuse('a quoted field is never closed', record.raw, record);
      },
    );
    return this.#joiner;
  }

  /** Records are parsed many at once: a call of csv-parse costs far more than a row. */
  #parseWaiting(): void {
    const records = this.#waiting;
    if (records.length === 0) return;
    this.#waiting = [];
    const rows = this.#fields(records.map((record) => record.raw).join('\n'));
    if (rows?.length === records.length) records.forEach((record, index) => this.#row(record, rows[index]!));
    else for (const record of records) this.#alone(record);
  }

  /** null when csv-parse cannot make sense of it. */
  #fields(text: string): string[][] | null {
    try {
      return parse(text, { delimiter: this.#delimiter, record_delimiter: '\n', relax_quotes: true, relax_column_count: true });
    } catch {
      return null;
    }
  }

  #alone(record: CsvRecord): void {
    const rows = this.#fields(record.raw);
    if (rows?.length === 1) this.#row(record, rows[0]!);
    else this.#broken(record, 'quotes do not match');
  }

  /** A bad record of several lines may be one bad line that swallowed good ones: those get their chance. */
  #broken(record: CsvRecord, reason: string): void {
    const [first = record, ...rest] = record.parts ?? [];
    this.#log.refuse(reason, first.raw, first);
    for (const part of rest) if (part.raw.trim() !== '') this.#alone(part);
  }

  #row(record: CsvRecord, fields: string[]): void {
    if (this.#columns === null || this.#reader === null) {
      this.#columns = fields.map((name) => name.trim());
      this.#reader = this.#options.rows(this.#columns);
      return;
    }
    const wanted = this.#columns.length;
    if (fields.length !== wanted) return this.#broken(record, `${fields.length} columns where the header has ${wanted}`);
    const draft = this.#reader(fields);
    const { raw, line, offset } = record;
    if (typeof draft === 'string') return this.#log.refuse(draft, raw, { line, offset });
    if (record.invalid) draft.metadata.invalid_utf8 = true;
    this.#log.add({ kind: 'draft', ...draft, raw, line, offset });
  }
}
