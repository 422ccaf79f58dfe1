import { age, duration, took } from '../text/duration.ts';
import { flow, heading } from '../text/layout.ts';
import { line, shown, type Row } from '../text/line.ts';
import { bytes, count } from '../text/numbers.ts';
import { title } from '../text/paints.ts';
import { reasonKinds } from './reasonKinds.ts';
import type { RunSummary, SummaryDisk } from './runSummary.ts';
import { cut, padEnd, padStart, width } from '../text/text.ts';
import { clock, writeDate, moment, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** A row: what is counted, the numbers, and what there is to say. */
interface Entry {
  label: string;
  numbers: readonly string[];
  notes: readonly string[];
}

/** Two blanks of indent, four for what is part of the line above. */
const part = '    ';
const whole = '  ';

/** `2026-03-14 02:15:00-03:15:00Z (1h)` */
function range({ first, last }: RunSummary, timeZone: string): string {
  if (first === null || last === null) return 'no records';
  const [from, to] = [parseTime(first), parseTime(last)];
  const length = ` (${duration(to - from)})`;
  if (writeDate(from, timeZone) !== writeDate(to, timeZone)) return `${moment(from, timeZone)} to ${moment(to, timeZone)}${length}`;
  const start = clock(from, timeZone).slice(0, 8);
  return `${writeDate(from, timeZone)} ${start}-${clock(to, timeZone)}${length}`;
}

/** Columns that labels, numbers and the way to see them all need beside the reasons. */
const besideReasons = 51;

/** `15 bad JSON, 2 without a time`; the most frequent ones that have room. */
function reasons({ rejected_reasons: list }: RunSummary, { columns }: ViewOptions): string {
  const reasonColumns = Math.max(20, columns - besideReasons);
  const all = reasonKinds(list).map(({ reason, count: many }) => `${count(many)} ${reason}`);
  const [first = '', ...more] = all;
  let text = cut(first, reasonColumns);
  for (const next of more) {
    if (width(`${text}, ${next}`) > reasonColumns) return width(text) + 3 > reasonColumns ? text : `${text}, …`;
    text += `, ${next}`;
  }
  return text;
}

function accounting(summary: RunSummary, view: ViewOptions): Entry[] {
  const { received, analysed, duplicate, late, rejected, held, filtered = 0 } = summary;
  const some = (many: number, ...notes: string[]) => (many > 0 ? notes.filter(Boolean) : []);
  return [
    { label: `${whole}received`, numbers: [count(received)], notes: [] },
    { label: `${part}analysed`, numbers: [count(analysed)], notes: [] },
    { label: `${part}duplicate`, numbers: [count(duplicate)], notes: some(duplicate, 'id already stored') },
    { label: `${part}late`, numbers: [count(late)], notes: some(late, 'after their window closed', summary.late_to ?? '') },
    { label: `${part}rejected`, numbers: [count(rejected)], notes: some(rejected, reasons(summary, view), 'caducus rejected ls') },
    { label: `${part}held`, numbers: [count(held)], notes: [] },
    ...(filtered > 0 ? [{ label: `${part}filtered`, numbers: [count(filtered)], notes: ['left out by the options of the source'] }] : []),
  ];
}

/** Every record must be in one of the sums; when one is not, that is stated instead of hidden. */
function balance({ received, analysed, duplicate, late, rejected, held, filtered = 0 }: RunSummary): { label: string; text: string } {
  const parts = [analysed, duplicate, late, rejected, held, ...(filtered > 0 ? [filtered] : [])];
  const sum = parts.reduce((all, many) => all + many, 0);
  const text = `${parts.map(count).join(' + ')} = ${count(sum)}`;
  if (sum === received) return { label: `${whole}balanced`, text };
  return { label: `${whole}UNBALANCED`, text: `${text}, ${count(Math.abs(received - sum))} ${received > sum ? 'missing' : 'too many'}` };
}

/** Sources and sinks under their headings, numbers under the numbers above. */
function parts({ sources, sinks, embedders = [] }: RunSummary): Entry[] {
  const note = (text: string | undefined) => (text ? [text] : []);
  const from = sources.map(({ id, received, behind_ms: behind, note: text }): Entry => ({
    label: `${part}${id}`,
    numbers: [count(received), behind === null ? '-' : age(behind)],
    notes: note(text),
  }));
  const to = sinks.map(({ id, written, retried, failed, note: text }): Entry => ({
    label: `${part}${id}`,
    numbers: [count(written), count(retried), count(failed)],
    notes: note(text),
  }));
  const by = embedders.map(({ name, embedded, cached, fallbacks, failures }): Entry => ({
    label: `${part}${name}`,
    numbers: [count(embedded), count(cached), count(fallbacks)],
    notes: failures > 0 ? [`${count(failures)} attempt${failures === 1 ? '' : 's'} failed`] : [],
  }));
  return [
    ...(from.length > 0 ? [{ label: `${whole}source`, numbers: ['received', 'behind'], notes: [] }, ...from] : []),
    ...(to.length > 0 ? [{ label: `${whole}sink`, numbers: ['written', 'retried', 'failed'], notes: [] }, ...to] : []),
    ...(by.length > 0 ? [{ label: `${whole}embedder`, numbers: ['embedded', 'cached', 'lexical'], notes: [] }, ...by] : []),
  ];
}

/** Parts of a sentence, each but the last with its comma. */
const listed = (words: readonly string[]): Row[] => words.map((text, at) => [at < words.length - 1 ? `${text},` : text]);

/** `1.9 of 5.0 GiB` */
function share(used: number, limit: number): string {
  const [size = '', unit = ''] = bytes(used).split(' ');
  return bytes(limit).endsWith(` ${unit}`) ? `${size} of ${bytes(limit)}` : `${bytes(used)} of ${bytes(limit)}`;
}

function diskParts({ used_bytes: used, limit_bytes: limit, oldest, full_in_ms: full }: SummaryDisk, timeZone: string): string[] {
  const size = limit === null ? bytes(used) : share(used, limit);
  const since = oldest === null ? [] : [`oldest event ${writeDate(parseTime(oldest), timeZone)}`];
  const until =
    full === null ? [] : [`full in ${full >= 2 * 86_400_000 ? `${count(full / 86_400_000)} days` : duration(full)} at this rate`];
  return [size, ...since, ...until];
}

/** How wide the columns have to be so that all numbers stand under each other. */
function fitLayout(entries: readonly Entry[], view: ViewOptions) {
  const labels = Math.max(15, ...entries.map(({ label }) => Math.min(30, width(shown(label, view))))) + 2;
  const numbers = [9, 9, 8].map((least, at) => Math.max(least, ...entries.map((entry) => width(entry.numbers[at] ?? ''))));
  return { labels, numbers };
}

function entryLine({ label, numbers, notes }: Entry, layout: ReturnType<typeof fitLayout>, noteWidth: number, view: ViewOptions): string {
  const figures = numbers.map((text, at) => padStart(text, layout.numbers[at]!)).join('');
  const words = notes.map((text, at) => (at < notes.length - 1 ? padEnd(shown(text, view), noteWidth) : text)).join('   ');
  return line([padEnd(shown(label, view), layout.labels), figures, words ? `   ${words}` : ''], view);
}

/** What a run did: where every record went, what each part did, what was found, and what is left behind. */
export function summary(data: RunSummary, view: ViewOptions): string[] {
  const books = accounting(data, view);
  const rest = parts(data);
  const layout = fitLayout([...books, ...rest], view);
  const noteWidth = Math.max(...books.map(({ notes }) => (notes.length > 1 ? width(shown(notes[0]!, view)) : 0)));
  const { label, text } = balance(data);
  const rows = (name: string, words: readonly Row[]): string[] =>
    flow(
      words.map((row, at) => (at === 0 ? [padEnd(name, layout.labels), ...row] : row)),
      view,
      { gap: 1, indent: layout.labels },
    );
  const { patterns, new_patterns: fresh, findings, episodes } = data.found;
  const plural = (many: number, noun: string) => `${count(many)} ${noun}${many === 1 ? '' : 's'}`;
  const facts: Row[] = [
    [range(data, view.timeZone)],
    [`${count(data.events_per_second)} events/s`],
    [`peak memory ${bytes(data.peak_memory_bytes)}`],
  ];
  return [
    ...heading([title('SUMMARY'), `  ${data.pipeline}     ${data.reason}, exit ${data.exit}`], [`took ${took(data.took_ms)}`], view),
    ...flow(facts, view, { gap: 6 }),
    '',
    ...books.map((entry) => entryLine(entry, layout, noteWidth, view)),
    ...rows(
      label,
      text.split(/ (?=[+=])/).map((term) => [term]),
    ),
    '',
    ...rest.map((entry) => entryLine(entry, layout, 0, view)),
    ...(rest.length > 0 ? [''] : []),
    ...rows(
      '  found',
      listed([`${plural(patterns, 'pattern')} of which ${count(fresh)} new`, plural(findings, 'finding'), plural(episodes, 'episode')]),
    ),
    ...(data.state
      ? rows(
          '  state',
          listed([`checkpoint ${count(data.state.checkpoint)}`, bytes(data.state.bytes), clock(parseTime(data.state.at), view.timeZone)]),
        )
      : []),
    ...(data.disk ? rows('  disk', listed(diskParts(data.disk, view.timeZone))) : []),
  ];
}
