import { z } from 'zod';
import { csv } from './csv/csv.ts';
import { plainName, usualNames } from './json/fieldNames.ts';
import { defineFormat, type Format, type FormatContext, type FormatItem, type Parser, type ParserPosition } from './format.ts';
import { looksLikeTable, mayBeTable, tableLines } from './csv/looksLikeTable.ts';
import { hdfs } from './csv/hdfs.ts';
import { journald } from './json/journald.ts';
import { lines } from './lines/lines.ts';
import { maxLineBytes } from './bytes/limits.ts';
import { namesFields, table } from './csv/table.ts';
import { ndjson } from './json/ndjson.ts';
import { stampOptions } from './time/stampClock.ts';
import { byteOrderMark, decode } from './bytes/utf8.ts';

const options = z.strictObject({ ...stampOptions, maxLineBytes });
type Options = z.output<typeof options>;

const choices = { ndjson, journald, csv, table, hdfs, lines } as const;
type Choice = keyof typeof choices;

/** Enough to see a first line; fewer when the input is shorter. */
const lookBytes = 64 * 1024;
/** Lines, blank ones among them, that tell a table. */
const lookLines = 64;

const hdfsColumns = ['date', 'time', 'level', 'component', 'pid', 'content', 'block_id', 'anomaly'];

/** Whether a line reads like a CSV header: several short names, among them one for the time and one for the text. */
function isHeader(line: string): boolean {
  const names = line.split(/[,;\t|]/).map((name) => plainName(name.replaceAll('"', '')));
  const has = (role: 'timestamp' | 'text') => names.some((name) => usualNames[role].includes(name));
  return names.length >= 2 && names.every((name) => name.length < 64 && !/^\d/.test(name)) && has('text') && has('timestamp');
}

/** Decides by the first line that is not blank. */
export function detect(bytes: Uint8Array): Choice {
  const lines = decode(bytes).replace(byteOrderMark, '').split(/\r?\n/, 64);
  const first = lines.find((line) => line.trim() !== '') ?? '';
  // JSON, whole or not: each line says what it is.
  if (first.trimStart().startsWith('{')) return 'lines';
  const columns = first
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  if (hdfsColumns.every((name) => columns.includes(name))) return 'hdfs';
  if (isHeader(first)) return 'csv';
  const all = lines.filter((line) => line.trim() !== '');
  if (namesFields(all)) return 'table';
  return mayBeTable(first) && looksLikeTable(all.slice(0, tableLines)) ? 'csv' : 'lines';
}

type State = { format: Choice; inner: ParserPosition['state'] };

/** Waits for the first bytes, then is the parser they call for. */
class AutoParser implements Parser {
  readonly #options: Options;
  readonly #context: FormatContext;
  #look: Uint8Array[] = [];
  #looked = 0;
  #chosen: { name: Choice; parser: Parser } | null = null;

  constructor(given: Options, context: FormatContext, from: ParserPosition | null) {
    this.#options = given;
    this.#context = context;
    const state = from?.state as State | null | undefined;
    if (from && state) this.#choose(state.format, { ...from, state: state.inner });
  }

  push(chunk: Uint8Array): FormatItem[] {
    if (this.#chosen) return this.#chosen.parser.push(chunk);
    this.#look.push(chunk.slice());
    this.#looked += chunk.length;
    return this.#looked < lookBytes && !this.#hasEnough() ? [] : this.#start();
  }

  flush(): FormatItem[] {
    if (this.#chosen) return this.#chosen.parser.flush();
    if (!/[^\s\uFEFF][^\n]*\n/.test(decode(this.#all()))) return [];
    return [...this.#start(), ...this.#chosen!.parser.flush()];
  }

  end(): FormatItem[] {
    if (this.#chosen) return this.#chosen.parser.end();
    const items = this.#start();
    return items.concat(this.#chosen!.parser.end());
  }

  position(): ParserPosition {
    if (!this.#chosen) return { offset: 0, line: 0, state: null };
    const { offset, line, state } = this.#chosen.parser.position();
    return { offset, line, state: { format: this.#chosen.name, inner: state } satisfies State };
  }

  /** Whether a whole line that is not blank has come, and as many as tell a table where it may be one. */
  #hasEnough(): boolean {
    const text = decode(this.#all()).replace(byteOrderMark, '');
    // With its blanks, as `detect` has it: a tab in front is a delimiter, too.
    const first = /^[^\S\n]*[^\s\uFEFF][^\n]*\n/m.exec(text);
    return first !== null && (!mayBeTable(first[0]) || text.split('\n').length > lookLines);
  }

  #all(): Uint8Array {
    const all = new Uint8Array(this.#looked);
    let at = 0;
    for (const chunk of this.#look) {
      all.set(chunk, at);
      at += chunk.length;
    }
    this.#look = [all];
    return all;
  }

  #start(): FormatItem[] {
    const bytes = this.#all();
    this.#look = [];
    const parser = this.#choose(detect(bytes.subarray(0, lookBytes)), null);
    return parser.push(bytes);
  }

  #choose(name: Choice, from: ParserPosition | null): Parser {
    const format = choices[name] as Format;
    const { maxLineBytes: max, ...stamps } = this.#options;
    // The other two name their time in one way only.
    const hasStamps = name !== 'hdfs' && name !== 'journald';
    const parser = format.create(format.options.parse({ maxLineBytes: max, ...(hasStamps && stamps) }), this.#context, from);
    this.#chosen = { name, parser };
    return parser;
  }
}

/** Looks at the first lines and takes the format that fits. */
export const auto = defineFormat({
  name: 'auto',
  summary: 'decides by the first lines: ndjson, journald, hdfs, csv, table or lines',
  options,
  create: (given, context, from) => new AutoParser(given, context, from),
});
