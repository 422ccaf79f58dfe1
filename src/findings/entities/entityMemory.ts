import { fromSaved, toSaved } from '../../base/saved.ts';
import { toIso, type Json } from '../../event.ts';
import { OTHERS } from '../../kernel/folding.ts';
import type { Blip, BlipField, EventSignal } from '../../signal.ts';
import { EntityTable, type HeldEntity, type SavedTable } from './entityTable.ts';
import { NameHistory, type SavedHistory } from './nameHistory.ts';
import { address, NameReader } from './readNames.ts';

interface Saved {
  table: SavedTable;
  history: SavedHistory;
  fields: [string, string[] | null][];
}

/** What a run remembers of one entity, longer than its lines are kept. Counts are of those that are held, the most first. */
export interface RememberedEntity {
  /** Lines that named it, of all that were read since then. */
  lines: number;
  of: number;
  since: string;
  first_seen: string;
  last_seen: string;
  places: { place: string; count: number }[];
  groups: { group_id: string; count: number }[];
  patterns: { template_id: string; count: number }[];
  with: { name: string; count: number }[];
}

/** Who may be told of is known from a pattern beside the one it stands out in: what is only ever in one may be part of its text. */
const LEAST_PATTERNS = 2;

/** What a run remembers of entities, over all groups: who is seen when, where and with whom, and who stands out in which pattern. */
export class EntityMemory {
  readonly #names: NameReader;
  readonly table: EntityTable;
  readonly #history: NameHistory;

  constructor(most: number, saved?: Saved) {
    this.#names = new NameReader(saved?.fields);
    this.table = saved ? EntityTable.load(saved.table, most) : new EntityTable(most);
    this.#history = saved ? NameHistory.load(saved.history) : new NameHistory();
  }

  /** Reads a line; one that is late changes nothing of what is usual. */
  add({ event, time, key, folded, template_id: template, late }: EventSignal): void {
    const group = folded ? OTHERS : key;
    const names = this.#names.read(event);
    this.table.add({ names, group, template: template ?? null, time });
    if (template !== undefined && late !== true)
      this.#history.add(
        template,
        group,
        time,
        names.map(({ name }) => name),
      );
  }

  /** The blip with the entities that stand out in its lines among its fields. */
  tell(blip: Blip): Blip {
    const odd = this.#history.judge(blip);
    const fields = odd.flatMap(({ name, in: many, of, usual, before }): BlipField[] => {
      const entity = this.table.find(name);
      const isKnown = entity !== null && entity.patterns.length >= LEAST_PATTERNS && !blip.fields?.some(({ value }) => value === name);
      if (!isKnown) return [];
      // Of a rare name the history of a pattern knows only that it is rare; no more of its lines can have had it than all that had.
      const share = Math.min(usual, (entity.count - many) / before);
      return [{ name: callIt(name, entity), value: name, in: many, of, usual: Math.round(1e6 * share) / 1e6 }];
    });
    return fields.length > 0 ? { ...blip, fields: [...(blip.fields ?? []), ...fields] } : blip;
  }

  /** What is remembered of an entity; null where nothing is. */
  story(name: string): RememberedEntity | null {
    const entity = this.table.find(name);
    if (!entity) return null;
    const byCount = (tops: HeldEntity['places']) => tops.toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return {
      lines: entity.count,
      of: this.table.lines,
      since: toIso(this.table.since!),
      first_seen: toIso(entity.first),
      last_seen: toIso(entity.last),
      places: byCount(entity.places).map(([place, count]) => ({ place, count })),
      groups: byCount(entity.groups).map(([group_id, count]) => ({ group_id, count })),
      patterns: byCount(entity.patterns).map(([template_id, count]) => ({ template_id, count })),
      with: byCount(entity.with).map(([other, count]) => ({ name: other, count })),
    };
  }

  save(): Json {
    const saved: Saved = { table: this.table.save(), history: this.#history.save(), fields: this.#names.save() };
    return toSaved(saved);
  }

  static load(json: Json, most: number): EntityMemory {
    return new EntityMemory(most, fromSaved<Saved>(structuredClone(json)));
  }
}

/** What it is most often called; else what it looks like. */
function callIt(name: string, { places }: HeldEntity): string {
  const [place] = places.toSorted(([, a], [, b]) => b - a)[0] ?? [];
  if (place !== undefined) return place;
  return name.startsWith('/') ? 'path' : address.test(name) ? 'address' : 'name';
}
