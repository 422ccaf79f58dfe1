import { evictOldest, setNewest } from '../../base/evictOldest.ts';

/** A key with how often it was counted, at most: of a few, where the least counted make place for others (space-saving). */
type Tops = [key: string, count: number][];

/** What is held of an entity. Plain data; times are milliseconds. */
interface Entity {
  /** The name, in a text of its own. */
  name: string;
  first: number;
  last: number;
  /** Lines that name it. */
  count: number;
  places: Tops;
  groups: Tops;
  patterns: Tops;
  with: Tops;
}

/** Keys that are held of each kind. */
const PLACES = 3;
const GROUPS = 4;
const PATTERNS = 6;
const WITH = 4;
/** Names of a line that are counted as company. */
const COMPANY = 6;
/** Who comes back after this long is known; an id of one request never does. */
const RETURNS = 600_000;
/** What was last seen so much longer ago counts half beside another, milliseconds. */
const HALF_LIFE = 7 * 86_400_000;
/** Patterns, groups and fields whose text is shared. */
const MOST_TEXTS = 50_000;
/** Part of those held that is let go at once. */
const LET_GO = 8;

/** A line as the table is told of it. */
export interface EntityLine {
  names: readonly { name: string; place: string | null }[];
  group: string;
  template: string | null;
  time: number;
}

/** What is held of one entity, as others read it; times in milliseconds, counts the most first. */
export type HeldEntity = Readonly<Entity>;

type SavedEntity = [name: string, first: number, last: number, count: number, places: Tops, groups: Tops, patterns: Tops, company: Tops];
export interface SavedTable {
  lines: number;
  since: number | null;
  recent: SavedEntity[];
  known: SavedEntity[];
}

/**
 * Entities with when, where and with whom they were seen, in bounded room. Who comes back after ten minutes is known, and
 * the least counted of these, the longest unseen, are let go; who has not is held for as long as there is room for others.
 */
export class EntityTable {
  readonly #most: number;
  /** Those seen longest ago first. */
  readonly #recent = new Map<string, Entity>();
  readonly #known = new Map<string, Entity>();
  /** One text for all that stands in many entities. */
  readonly #texts = new Map<string, string>();
  readonly #shared = (text: string): string => {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const own = ownText(text);
    setNewest(this.#texts, own, own, MOST_TEXTS);
    return own;
  };
  #lines = 0;
  #since: number | null = null;

  /** @param most entities that are known; as many that came lately are held beside them */
  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#known.size + this.#recent.size;
  }

  /** Lines that were read, and the time of the first. */
  get lines(): number {
    return this.#lines;
  }
  get since(): number | null {
    return this.#since;
  }

  add({ names, group, template, time }: EntityLine): void {
    this.#lines += 1;
    this.#since = Math.min(this.#since ?? time, time);
    // Who may never come back is no company worth its room.
    const company: Entity[] = [];
    for (const { name, place } of names) {
      const entity = this.#entity(name, time);
      entity.first = Math.min(entity.first, time);
      entity.last = Math.max(entity.last, time);
      entity.count += 1;
      if (place !== null) countIn(entity.places, place, PLACES, this.#shared);
      countIn(entity.groups, group, GROUPS, this.#shared);
      if (template !== null) countIn(entity.patterns, template, PATTERNS, this.#shared);
      if (company.length < COMPANY && this.#known.has(name)) company.push(entity);
    }
    for (const one of company) for (const other of company) if (other !== one) countIn(one.with, other.name, WITH, String);
  }

  find(name: string): HeldEntity | null {
    return this.#known.get(name) ?? this.#recent.get(name) ?? null;
  }

  save(): SavedTable {
    const plain = (all: ReadonlyMap<string, Entity>) =>
      [...all].map(([name, one]): SavedEntity => {
        const copy = (tops: Tops) => tops.map(([key, count]): [string, number] => [key, count]);
        return [name, one.first, one.last, one.count, copy(one.places), copy(one.groups), copy(one.patterns), copy(one.with)];
      });
    return { lines: this.#lines, since: this.#since, recent: plain(this.#recent), known: plain(this.#known) };
  }

  static load({ lines, since, recent, known }: SavedTable, most: number): EntityTable {
    const table = new EntityTable(most);
    table.#lines = lines;
    table.#since = since;
    const fill = (into: Map<string, Entity>, saved: SavedEntity[]) => {
      for (const [name, first, last, count, places, groups, patterns, company] of saved)
        into.set(name, { name, first, last, count, places, groups, patterns, with: company });
    };
    fill(table.#recent, recent);
    fill(table.#known, known);
    return table;
  }

  #entity(name: string, time: number): Entity {
    const known = this.#known.get(name);
    if (known) return known;
    const recent = this.#recent.get(name);
    if (recent) this.#recent.delete(name);
    if (recent && time - recent.first < RETURNS) {
      this.#recent.set(recent.name, recent);
      return recent;
    }
    if (recent) {
      if (this.#known.size >= this.#most) this.#letGo();
      this.#known.set(recent.name, recent);
      return recent;
    }
    // Many at once: to find the first of a map takes as long as many have left it.
    if (this.#recent.size >= this.#most) evictOldest(this.#recent, this.#most - Math.ceil(this.#most / LET_GO));
    const entity: Entity = { name: ownText(name), first: time, last: time, count: 0, places: [], groups: [], patterns: [], with: [] };
    this.#recent.set(entity.name, entity);
    return entity;
  }

  #letGo(): void {
    const worth = ({ count, last }: Entity) => Math.log2(count) + last / HALF_LIFE;
    const least = [...this.#known].toSorted(([a, one], [b, other]) => worth(one) - worth(other) || (a < b ? -1 : 1));
    for (const [name] of least.slice(0, Math.ceil(this.#most / LET_GO))) this.#known.delete(name);
  }
}

function countIn(tops: Tops, key: string, most: number, keep: (key: string) => string): void {
  const known = tops.find(([one]) => one === key);
  if (known) {
    known[1] += 1;
    return;
  }
  if (tops.length < most) tops.push([keep(key), 1]);
  else {
    const least = tops.reduce((a, b) => (b[1] < a[1] ? b : a));
    least[0] = keep(key);
    least[1] += 1;
  }
}

/** A text of its own: one that was cut out of a line would keep the whole line in memory. */
const ownText = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
