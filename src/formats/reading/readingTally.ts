import type { JsonObject } from '../../event.ts';
import type { Draft, FormatItem } from '../format.ts';
import type { StampOptions } from '../time/stampClock.ts';
import { findRoles, type FoundRoles } from './findRoles.ts';
import { rawFields, type RecordKind } from './rawFields.ts';

/** Names with how often each came, the most frequent first. */
export type Counts = [name: string, count: number][];

/** One record as it was written, and what became of it. */
export interface ReadRecord {
  line: number;
  kind: RecordKind;
  raw: string;
  /** Milliseconds since 1970. */
  time: number;
  level: string;
  group: string;
  text: string;
  /** Lines that were joined to its first. */
  joined: number;
}

/** How an input was read. */
export interface Reading {
  records: number;
  refused: number;
  /** What the records look like, the most frequent first. */
  kinds: Counts;
  /** By which fields, of the records that were looked at closely; `''` stands for what is in front of a message. */
  by: Record<keyof FoundRoles, Counts>;
  /** Records without a time of their own. */
  untimed: number;
  /** First and last time, milliseconds since 1970; null without a record. */
  first: number | null;
  last: number | null;
  levels: Counts;
  /** Numbers at the level's field, with the level each stands for. */
  scale: Counts;
  groups: Counts;
  /** Records that several lines were joined to, and all their lines. */
  joined: { records: number; lines: number };
  /** One record of each kind, the first that has the parts, and the first that was joined. */
  examples: ReadRecord[];
  /** Paths of the fields there are, for who asks for one. */
  fields: string[];
}

/** How many records are compared with what was written: all of the first ones, then one in a hundred. */
const closely = 500;
/** Names that are counted; of more only that there are. */
const mostNames = 1000;

/** Adds up how an input is read, record by record. */
export class ReadingTally {
  readonly #stamps: StampOptions;
  readonly #kinds = new Map<string, number>();
  readonly #by: Record<keyof FoundRoles, Map<string, number>> = { time: new Map(), level: new Map(), group: new Map(), text: new Map() };
  readonly #levels = new Map<string, number>();
  readonly #scale = new Map<string, number>();
  readonly #groups = new Map<string, number>();
  readonly #fields = new Set<string>();
  readonly #examples = new Map<string, ReadRecord>();
  #header = '';
  #records = 0;
  #refused = 0;
  #untimed = 0;
  #joined = { records: 0, lines: 0 };
  #first: number | null = null;
  #last: number | null = null;

  /** @param stamps how stamps are read that leave something open, as the reader was set */
  constructor(stamps: StampOptions) {
    this.#stamps = stamps;
  }

  /** Says what the first line of the input is: it may name columns. */
  header(line: string): void {
    this.#header = line;
  }

  add(items: readonly FormatItem[]): void {
    for (const item of items) {
      if (item.kind === 'refusal') this.#refused += 1;
      else this.#record(item);
    }
  }

  reading(): Reading {
    return {
      records: this.#records,
      refused: this.#refused,
      kinds: ranked(this.#kinds),
      by: {
        time: ranked(this.#by.time),
        level: ranked(this.#by.level),
        group: ranked(this.#by.group),
        text: ranked(this.#by.text),
      },
      untimed: this.#untimed,
      first: this.#first,
      last: this.#last,
      levels: ranked(this.#levels),
      scale: ranked(this.#scale),
      groups: ranked(this.#groups),
      joined: this.#joined,
      examples: [...this.#examples.values()].toSorted((a, b) => a.line - b.line),
      fields: [...this.#fields],
    };
  }

  #record(draft: Draft): void {
    const { time, metadata, text } = draft;
    this.#records += 1;
    if (draft.borrowed !== undefined) this.#untimed += 1;
    else {
      this.#first = this.#first === null ? time : Math.min(this.#first, time);
      this.#last = this.#last === null ? time : Math.max(this.#last, time);
    }
    bump(this.#levels, levelText(metadata));
    bump(this.#groups, draft.groupId ?? draft.logicalId ?? '');
    const lines = countLines(text) - countLines(draft.raw.trimEnd());
    if (lines > 0) {
      this.#joined.records += 1;
      this.#joined.lines += lines + 1;
    }
    if (this.#records <= closely || this.#records % 100 === 0 || (lines > 0 && !this.#examples.has('joined')))
      this.#look(draft, Math.max(0, lines));
  }

  /** Compares a record with what was written. */
  #look(draft: Draft, joined: number): void {
    const { kind, fields } = rawFields(draft.raw, this.#header);
    bump(this.#kinds, kind);
    const roles = findRoles(draft, fields, this.#stamps);
    const there = {
      time: draft.borrowed === undefined,
      level: levelText(draft.metadata) !== '',
      group: (draft.groupId ?? draft.logicalId) !== undefined,
      text: true,
    };
    for (const role of ['time', 'level', 'group', 'text'] as const) if (there[role]) bump(this.#by[role], roles[role] ?? '');
    const number = roles.level === null ? undefined : fields.find(({ path }) => path === roles.level)?.value;
    if (number !== undefined && /^\d+$/.test(String(number))) bump(this.#scale, `${number} ${levelText(draft.metadata).toLowerCase()}`);
    for (const { path } of fields) if (this.#fields.size < mostNames) this.#fields.add(path);
    for (const name of Object.keys(draft.metadata)) if (this.#fields.size < mostNames) this.#fields.add(name);
    const name = joined > 0 ? 'joined' : kind;
    if (!this.#examples.has(name)) this.#examples.set(name, makeExample(draft, kind, joined));
  }
}

const makeExample = (draft: Draft, kind: RecordKind, joined: number): ReadRecord => ({
  line: draft.line,
  kind,
  raw: draft.raw.slice(0, 2000),
  time: draft.time,
  level: levelText(draft.metadata),
  group: draft.groupId ?? draft.logicalId ?? '',
  text: draft.text.slice(0, 2000),
  joined,
});

const levelText = ({ level }: JsonObject): string => (typeof level === 'string' || typeof level === 'number' ? String(level) : '');
const countLines = (text: string): number => text.split('\n').length;

function bump(counts: Map<string, number>, name: string): void {
  const known = counts.get(name);
  if (known !== undefined || counts.size < mostNames) counts.set(name, (known ?? 0) + 1);
}

const ranked = (counts: ReadonlyMap<string, number>): Counts => [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
