import { parse } from 'csv-parse/sync';
import type { Json } from '../../event.ts';
import { CsvJoiner, type CsvRecord } from './csvJoiner.ts';
import type { Draft, FormatContext, FormatItem, Parser, ParserPosition } from '../format.ts';
import { ItemLog } from '../itemLog.ts';
import { overlongReason } from '../bytes/limits.ts';
import { LineCutter } from '../bytes/lineCutter.ts';

/** A row's fields as a draft without its place, or the reason it is none. */
export type RowReader = (fields: readonly string[]) => Omit<Draft, 'kind' | 'line' | 'offset' | 'raw'> | string;

/** A line between rows: names of the columns from here on, or nothing that concerns rows. */
export interface Directive {
  columns?: readonly string[];
}

export interface CsvParserOptions {
  delimiter: string;
  maxLineBytes: number;
  /** Names of the columns, when the file has no header. */
  columns?: readonly string[] | undefined;
  /** Rows that are looked at before any is read; 0 when names are enough. */
  sampleRows?: number | undefined;
  /** Rows may have more or fewer fields than the header: the reader says which it takes. */
  ragged?: boolean | undefined;
  /** What a line that is no row says of those behind it; null for rows. */
  directive?(line: string): Directive | null;
  /** The delimiter by the first row, where it is not given; by default that of `guessDelimiter`. */
  guess?(line: string): string;
  /** Whether these fields, the first of the file, name the columns. Columns without names are numbered. */
  isHeader?(fields: readonly string[]): boolean;
  /** Called with the column names and the first rows, before any row is read. */
  rows(columns: readonly string[], sample: readonly (readonly string[])[], delimiter: string): RowReader;
  /** State of the row reader for positions. */
  save(): Json;
}

type State = { columns: string[] | null; delimiter: string; time: number | null; rows: Json; sampling?: true };

/** What waits until the columns are known, in order. */
type Held = { record: CsvRecord; fields: string[] } | { record: CsvRecord; reason: string };

/** The state that a `CsvParserOptions.save` gave. */
export const savedRows = (from: ParserPosition | null): Json => (from?.state as State | undefined)?.rows ?? null;

/** The delimiter that a header uses most; a comma when it uses none. */
export const guessDelimiter = (header: string): string =>
  [',', ';', '\t', '|'].reduce((best, one) => (header.split(one).length > header.split(best).length ? one : best));

/** Spreadsheets put `sep=;` in front of the header. */
export const separatorLine = /^"?sep=(.)"?\s*$/i;

/** Every column has a name of its own. */
function nameColumns(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((given, i) => {
    let name = given.trim() === '' ? `column_${i + 1}` : given.trim();
    for (let n = 2; seen.has(name); n++) name = `${given.trim()}_${n}`;
    seen.add(name);
    return name;
  });
}

/**
 * CSV by RFC 4180, read leniently: quotes inside unquoted fields are text, blank lines are skipped. csv-parse does the fields;
 * records are cut here, so that a broken one costs itself only.
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
  #held: Held[] = [];

  constructor(options: CsvParserOptions, context: FormatContext, from: ParserPosition | null) {
    const state = from?.state as State | null | undefined;
    this.#options = options;
    this.#delimiter = state?.delimiter ?? options.delimiter;
    this.#columns = state?.columns ?? options.columns ?? null;
    const known = state ? !state.sampling : !options.sampleRows;
    this.#reader = this.#columns && known ? options.rows(this.#columns, [], this.#delimiter) : null;
    this.#log = new ItemLog(state?.time ?? null, context.reference);
    this.#cutter = new LineCutter(
      { maxLineBytes: options.maxLineBytes, from },
      (raw, line, offset, invalid) => this.#line({ raw, line, offset, invalid }),
      (start, bytes, line, offset) => {
        this.#joiner?.giveUp();
        this.#parseWaiting();
        this.#refuse({ raw: start, line, offset, invalid: false }, overlongReason(bytes, options.maxLineBytes));
      },
    );
  }

  push(chunk: Uint8Array): FormatItem[] {
    this.#cutter.push(chunk);
    this.#parseWaiting();
    return this.#log.take();
  }

  flush(): FormatItem[] {
    this.#settle();
    return this.#log.take(true);
  }

  end(): FormatItem[] {
    this.#cutter.end();
    this.#joiner?.giveUp();
    this.#parseWaiting();
    this.#settle();
    return this.#log.take(true);
  }

  position(): ParserPosition {
    const first = this.#log.firstHeld ?? this.#held[0]?.record ?? this.#joiner?.pending;
    const { offset, line } = first ? { offset: first.offset, line: first.line - 1 } : this.#cutter;
    const columns = this.#columns === null ? null : [...this.#columns];
    const state: State = { columns, delimiter: this.#delimiter, time: this.#log.time, rows: this.#options.save() };
    if (columns !== null && this.#reader === null) state.sampling = true;
    return { offset, line, state };
  }

  #line(part: CsvRecord): void {
    const directive = this.#options.directive?.(part.raw) ?? null;
    if (directive === null) return this.#join(part.raw)?.line(part);
    if (!directive.columns) return;
    this.#parseWaiting();
    this.#settle();
    // Reading begins again at a record that waits, with the columns it has: none may wait across this line.
    this.#log.settle();
    this.#columns = nameColumns(directive.columns);
    this.#reader = null;
  }

  /** null for a line that only says what stands between fields, and for blank ones before it: they tell nothing of the rest. */
  #join(firstLine: string): CsvJoiner | null {
    if (this.#joiner) return this.#joiner;
    if (firstLine.trim() === '') return null;
    const separator = this.#columns === null ? separatorLine.exec(firstLine) : null;
    if (separator) this.#delimiter = separator[1]!;
    if (separator) return null;
    if (this.#delimiter === 'auto') this.#delimiter = (this.#options.guess ?? guessDelimiter)(firstLine);
    this.#joiner = new CsvJoiner(
      this.#delimiter,
      this.#options.maxLineBytes,
      (record) => void this.#waiting.push(record),
      (record) => {
        this.#parseWaiting();
        this.#refuse(record, 'a quoted field is never closed');
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
    this.#refuse(first, reason);
    for (const part of rest) if (part.raw.trim() !== '') this.#alone(part);
  }

  #row(record: CsvRecord, fields: string[]): void {
    if (this.#columns === null) {
      const isHeader = this.#options.isHeader?.(fields) ?? true;
      this.#columns = nameColumns(isHeader ? fields : fields.map(() => ''));
      if (!this.#options.sampleRows) this.#reader = this.#options.rows(this.#columns, [], this.#delimiter);
      if (isHeader) return;
    }
    if (this.#reader !== null) return this.#read(record, fields, this.#reader);
    this.#held.push({ record, fields });
    if (this.#held.length >= this.#options.sampleRows!) this.#settle();
  }

  /** The columns are known from here on: what was held is read. */
  #settle(): void {
    if (this.#columns === null || this.#held.length === 0) return;
    const held = this.#held;
    this.#held = [];
    const sample = held.flatMap((one) => ('fields' in one ? [one.fields] : []));
    const wider = sample.filter(({ length }) => length === this.#columns!.length + 1);
    // A last column that the header does not name.
    if (this.#options.ragged && wider.length * 2 > sample.length) this.#columns = nameColumns([...this.#columns, '']);
    const reader = (this.#reader ??= this.#options.rows(this.#columns, sample, this.#delimiter));
    for (const one of held) {
      if ('fields' in one) this.#read(one.record, one.fields, reader);
      else this.#refuse(one.record, one.reason);
    }
  }

  #read(record: CsvRecord, fields: string[], reader: RowReader): void {
    const wanted = this.#columns!.length;
    const draft =
      this.#options.ragged || fields.length === wanted ? reader(fields) : `${fields.length} columns where the header has ${wanted}`;
    if (typeof draft === 'string') return this.#broken(record, draft);
    const { raw, line, offset } = record;
    if (record.invalid) draft.metadata.invalid_utf8 = true;
    this.#log.add({ kind: 'draft', ...draft, raw, line, offset });
  }

  /** In order: behind rows that wait for their columns. */
  #refuse(record: CsvRecord, reason: string): void {
    if (this.#held.length > 0) this.#held.push({ record, reason });
    else this.#log.refuse(reason, record.raw, record);
  }
}
