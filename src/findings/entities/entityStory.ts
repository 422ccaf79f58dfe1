import { toIso, type Event, type Level } from '../../event.ts';
import { readEvent } from '../../memory/codes/readEvent.ts';
import { addToBins, countWindows, startBins, type Bins } from '../../memory/compare/bins.ts';
import { levelAt, rankLevel } from '../../memory/judge/levelRank.ts';
import { TemplateIndex } from '../../memory/templates/templateIndex.ts';
import { makeLabel } from '../../memory/topics/label.ts';
import { findNamesIn } from '../episodes/names.ts';
import { shareBits } from '../shareBits.ts';
import { findMentions } from './mentions.ts';

/** Cells of its history, and the most of each kind that are kept and that are told. */
const CELLS = 24;
const MOST_GROUPS = 2000;
const MOST_NAMES = 1024;
const TOLD = 8;
/** No more bits are given: lines are not independent. */
const MOST_BITS = 24;

/** A pattern in whose lines the entity stands. Times ISO 8601 UTC. */
export interface EntityPattern {
  template_id: string;
  group_id: string;
  label: string;
  level: Level | null;
  /** Lines with the entity, of all lines of the pattern. */
  count: number;
  of: number;
  /** How odd so many of the pattern's lines are, beside the entity's share in all lines. */
  bits: number;
  first_seen: string;
  last_seen: string;
}

/** The story of one entity. */
export interface EntityStory {
  name: string;
  /** Lines that name it, of all that were read. */
  lines: number;
  of: number;
  first_seen: string | null;
  last_seen: string | null;
  /** Lines in equal parts of the time that was read, oldest first. */
  history: { from: string; to: string; counts: number[] } | null;
  /** Where it stands: `text`, or the path of a field. */
  places: { place: string; count: number }[];
  groups: { group_id: string; count: number; of: number }[];
  /** The most bits first. */
  patterns: EntityPattern[];
  /** Other names in its lines. */
  with: { name: string; count: number }[];
}

interface Seen {
  of: number;
  count: number;
  level: number;
  first: number;
  last: number;
}

interface GroupSeen {
  index: TemplateIndex;
  of: number;
  count: number;
  templates: Map<string, Seen>;
}

/** Reads events in any order, and tells what they say of one entity. Bounded, whatever is read; it has no clock. */
export class EntityReader {
  readonly #name: string;
  readonly #groups = new Map<string, GroupSeen>();
  readonly #places = new Map<string, number>();
  readonly #names = new Map<string, number>();
  readonly #bins: Bins = startBins();
  #of = 0;
  #lines = 0;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;

  constructor(name: string) {
    this.#name = name;
  }

  add(event: Event, group: string, time: number): void {
    this.#of += 1;
    this.#from = Math.min(this.#from, time);
    this.#to = Math.max(this.#to, time);
    const places = findMentions(event, this.#name);
    const isIn = places.length > 0;
    const seen = this.#groupOrOthers(group);
    seen.of += 1;
    const template = seen.index.learn(event.text, time, event.id, readEvent(event));
    if (template) count(seen.templates, template.id, { isIn, time, level: template.levelOfLine(rankLevel(event.metadata.level)) });
    if (!isIn) return;
    this.#lines += 1;
    seen.count += 1;
    addToBins(this.#bins, time);
    for (const place of places) this.#places.set(place, (this.#places.get(place) ?? 0) + 1);
    for (const name of new Set(findNamesIn(event.text))) if (name !== this.#name) this.#countName(name);
  }

  story(): EntityStory {
    const { first, last } = this.#bins;
    const byCount = <T extends { count: number }>(all: T[]) => all.toSorted((a, b) => b.count - a.count).slice(0, TOLD);
    const groups = [...this.#groups].filter(([, one]) => one.count > 0);
    return {
      name: this.#name,
      lines: this.#lines,
      of: this.#of,
      first_seen: this.#lines > 0 ? toIso(first) : null,
      last_seen: this.#lines > 0 ? toIso(last) : null,
      history:
        this.#lines === 0
          ? null
          : { from: toIso(this.#from), to: toIso(this.#to), counts: countWindows(this.#bins, this.#from, this.#to + 1, CELLS) },
      places: byCount([...this.#places].map(([place, many]) => ({ place, count: many }))),
      groups: byCount(groups.map(([group_id, { count: many, of }]) => ({ group_id, count: many, of }))),
      patterns: groups
        .flatMap(([group, one]) => this.#tellPatterns(group, one))
        .toSorted((a, b) => b.bits - a.bits || b.count - a.count || (a.template_id < b.template_id ? -1 : 1)),
      // A name that came once says nothing of whom it goes with.
      with: byCount([...this.#names].map(([name, many]) => ({ name, count: many })).filter((one) => one.count > 1)),
    };
  }

  #groupOrOthers(group: string): GroupSeen {
    const name = this.#groups.has(group) || this.#groups.size < MOST_GROUPS ? group : '(others)';
    let seen = this.#groups.get(name);
    if (!seen) this.#groups.set(name, (seen = { index: new TemplateIndex({ group: name }), of: 0, count: 0, templates: new Map() }));
    return seen;
  }

  /** The rarest names make room for new ones, which begin with what these had: a name that is common is never lost. */
  #countName(name: string): void {
    const known = this.#names.get(name);
    if (known !== undefined || this.#names.size < MOST_NAMES) this.#names.set(name, (known ?? 0) + 1);
    else {
      const [rarest, least] = [...this.#names].reduce((a, b) => (b[1] < a[1] ? b : a));
      this.#names.delete(rarest);
      this.#names.set(name, least + 1);
    }
  }

  #tellPatterns(group: string, { index, templates }: GroupSeen): EntityPattern[] {
    const live = new Map<string, Seen>();
    for (const [id, seen] of templates) {
      const to = index.get(id)?.id ?? id;
      live.set(to, live.has(to) ? merged(live.get(to)!, seen) : seen);
    }
    const usual = this.#lines / this.#of;
    return [...live].flatMap(([id, { count: many, of, level, first, last }]): EntityPattern[] => {
      const template = index.get(id);
      if (many === 0 || !template) return [];
      const bits = Math.min(MOST_BITS, shareBits({ count: many, of, usual }));
      return [
        {
          template_id: id,
          group_id: group,
          label: makeLabel(template),
          level: levelAt(level),
          count: many,
          of,
          bits: Math.round(10 * bits) / 10,
          first_seen: toIso(first),
          last_seen: toIso(last),
        },
      ];
    });
  }
}

function count(templates: Map<string, Seen>, id: string, { isIn, time, level }: { isIn: boolean; time: number; level: number }): void {
  let seen = templates.get(id);
  if (!seen) templates.set(id, (seen = { of: 0, count: 0, level: -1, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY }));
  seen.of += 1;
  if (!isIn) return;
  seen.count += 1;
  seen.level = Math.max(seen.level, level);
  seen.first = Math.min(seen.first, time);
  seen.last = Math.max(seen.last, time);
}

const merged = (a: Seen, b: Seen): Seen => ({
  of: a.of + b.of,
  count: a.count + b.count,
  level: Math.max(a.level, b.level),
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
});
