import { plainName, roles, usualNames, type FieldsOption, type Role } from '../json/fieldNames.ts';
import { describeColumns, type ColumnContent } from './columnContent.ts';
import { nameTimeColumns } from './csvTime.ts';
import { isInner } from './innerText.ts';
import { levelScale, type LevelScale } from './levelScale.ts';
import type { StampClock } from '../time/stampClock.ts';

/** Which column stands for what; -1 where none does. Plain data, kept in positions. */
export type TableRoles = {
  /** One column with all of the time, or several with a part each; none when rows have no time. */
  time: number[];
  text: number;
  /** Texts are lines or records of their own, with a stamp or a level in front or fields in them. */
  inner: boolean;
  level: number;
  scale: LevelScale;
  component: number;
  source: number;
  group: number;
  id: number;
};

/** Share of the cells that must look like what the column is to hold. */
const most = 0.8;
/** Groups that a column of names may make: more of them are values. */
const mostGroups = 20;

/** Parts of names that announce whose record it is, most telling first. */
const componentHints = [
  'service',
  'app',
  'component',
  'logger',
  'program',
  'container',
  'provider',
  'module',
  'unit',
  'source',
  'dienst',
  'quelle',
  'anwendung',
];

/** `resource.labels.container_name` is called `container_name`. */
const lastPart = (name: string): string => plainName(name.slice(name.lastIndexOf('.') + 1));

/** Finds the columns by what is in some rows of the table, names being one sign among others; with no rows by names alone. */
export function findRoles(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  fields: FieldsOption,
  clock: StampClock,
): TableRoles {
  const names = columns.map(plainName);
  const contents = rows.length === 0 ? null : describeColumns(columns.length, rows, clock);
  const mapped = (role: Role) => (fields[role] === undefined ? null : columns.indexOf(fields[role]));
  const time = fields.timestamp === undefined ? findTime(names, contents) : [columns.indexOf(fields.timestamp)];
  const taken = new Set(time);
  const take = (role: Role, find: () => number): number => {
    const index = mapped(role) ?? find();
    if (index >= 0) taken.add(index);
    return index;
  };
  const isOwn = names.includes('groupid') || (names.includes('text') && names.includes('timestamp'));
  const named = (role: 'source' | 'group') => names.findIndex((name, i) => !taken.has(i) && usualNames[role].includes(name));
  const id = take('id', () => -1);
  const group = take('group', () => named('group'));
  // `source` in the exports of others is a file, a program or a host: what it is here, only our own tables mean by it.
  const source = take('source', () => (isOwn ? named('source') : -1));
  const level = take('level', () => findLevel(columns, contents, taken));
  const text = take('text', () => findText(columns, contents, taken));
  const component = mapped('component') ?? findComponent(columns, contents, taken, text >= 0);
  const scale = level < 0 ? 'words' : levelScale(rows.map((row) => row[level] ?? ''));
  const inner = text >= 0 && rows.some((row) => isInner(row[text] ?? '', level >= 0, clock));
  return { time, text, inner, level, scale, component, source, group, id };
}

/** Roles that are mapped onto columns which are not there. */
export const missingFields = (columns: readonly string[], fields: FieldsOption): string[] =>
  roles.flatMap((role) => (fields[role] !== undefined && !columns.includes(fields[role]) ? [fields[role]] : []));

function findTime(names: readonly string[], contents: readonly ColumnContent[] | null): number[] {
  const named = nameTimeColumns(names);
  if (contents === null) return named;
  const holds = (i: number) => contents[i]!.filled > 0 && Math.max(contents[i]!.stamps, contents[i]!.epochs) >= most;
  // Parts of a time are not judged one by one: `081109` and `Nov` are a time only together.
  if (named.length > 1 || (named.length === 1 && (holds(named[0]!) || contents[named[0]!]!.filled === 0))) return named;
  const whole = contents.findIndex(({ filled, stamps }) => filled >= most && stamps >= most);
  if (whole >= 0) return [whole];
  const day = contents.findIndex(({ filled, days }) => filled >= most && days >= most);
  const clock = contents.findIndex(({ filled, clocks }) => filled >= most && clocks >= most);
  if (day >= 0) return clock >= 0 ? [day, clock] : [day];
  const epoch = contents.findIndex(({ filled, epochs }) => filled >= most && epochs >= most);
  return epoch >= 0 ? [epoch] : named;
}

function findLevel(columns: readonly string[], contents: readonly ColumnContent[] | null, taken: ReadonlySet<number>): number {
  const named = usualNames.level
    .map((name) => columns.findIndex((column, i) => !taken.has(i) && (plainName(column) === name || lastPart(column) === name)))
    .filter((i) => i >= 0);
  if (contents === null) return named[0] ?? -1;
  const holdsWords = (i: number) => contents[i]!.filled > 0 && contents[i]!.levels >= most;
  const others = [...contents.keys()].filter((i) => !taken.has(i) && holdsWords(i));
  const words = named.find(holdsWords) ?? others.find((i) => contents[i]!.labels < most) ?? others[0];
  if (words !== undefined) return words;
  // A status of three digits is no level, whatever its column is called.
  const small = (i: number) => contents[i]!.filled > 0 && contents[i]!.digits >= most;
  const numbered = named.find(small);
  if (numbered !== undefined) return numbered;
  return columns.findIndex((column, i) => !taken.has(i) && /level|severity|stufe|priorit/.test(plainName(column)) && small(i));
}

function findText(columns: readonly string[], contents: readonly ColumnContent[] | null, taken: ReadonlySet<number>): number {
  const named = usualNames.text
    .map((name) => columns.findIndex((column, i) => !taken.has(i) && (plainName(column) === name || lastPart(column) === name)))
    .filter((i) => i >= 0);
  if (contents === null) return named[0] ?? -1;
  const preferred = named.find((i) => contents[i]!.filled >= most && contents[i]!.digits < most);
  if (preferred !== undefined) return preferred;
  let best = -1;
  let worth = 0;
  contents.forEach((content, i) => {
    // Something to read: cells with blanks in them, the longer and the more varied the better.
    const { filled, phrases, length, stamps, distinct } = content;
    const found = taken.has(i) || stamps >= most || phrases < 0.3 ? 0 : filled * length * (distinct > 1 ? 2 : 1);
    if (found > worth) [best, worth] = [i, found];
  });
  return best >= 0 ? best : (named[0] ?? -1);
}

/** A column of few names: one whose own name says so, else the only one there is. */
function findComponent(
  columns: readonly string[],
  contents: readonly ColumnContent[] | null,
  taken: ReadonlySet<number>,
  hasText: boolean,
): number {
  const named = usualNames.component
    .map((name) => columns.findIndex((column, i) => !taken.has(i) && plainName(column) === name))
    .find((i) => i >= 0 && (contents === null || contents[i]!.filled > 0));
  if (named !== undefined) return named;
  if (contents === null) return -1;
  const isName = (i: number) =>
    !taken.has(i) && contents[i]!.filled >= most && contents[i]!.names >= most && contents[i]!.distinct <= mostGroups;
  for (const hint of componentHints) {
    const found = columns.findIndex(
      (column, i) => isName(i) && lastPart(column).includes(hint) && !/type|id$|version/.test(lastPart(column)),
    );
    if (found >= 0) return found;
  }
  // Among values alone any column may hold few of them.
  if (!hasText) return -1;
  const several = columns.flatMap((_, i) => (isName(i) && contents[i]!.distinct > 1 && contents[i]!.phrases < 0.5 ? [i] : []));
  return several.length === 1 ? several[0]! : -1;
}
