import type { GraphAnswer } from '../../client.ts';

type Part = GraphAnswer['parts'][number];

/** A part at its place. Columns and rows count from 0. */
export interface Placed {
  part: Part;
  column: number;
  row: number;
}

/** Where an arrow runs that passes columns: below the boxes of those, of which the tallest has `rows`, on a lane of its own. */
export interface Track {
  rows: number;
  lane: number;
}

/** What flows from one part to another; `port` where it is one of several outs, `track` where columns lie between. */
export interface Arrow {
  from: Placed;
  to: Placed;
  port: string | null;
  track: Track | null;
}

/**
 * Places for the parts of a pipeline: sources in the first column, each other one column behind the last that feeds it, sinks
 * in the last. Rows in the order in which parts are given. What is fed by nothing that is there stands in the first column.
 * No arrow crosses a box: one that passes columns runs below them, and what leaves the same place together runs together.
 */
export function layGraph(parts: readonly Part[]): { placed: Placed[]; arrows: Arrow[]; columns: number; rows: number } {
  const byId = new Map<string, Part>();
  // A sink may have the name of an operator; nothing is fed by a sink.
  for (const part of parts) if (part.type !== 'sink') byId.set(part.id, part);
  const columns = new Map<Part, number>();
  const find = (part: Part, above: ReadonlySet<Part>): number => {
    const known = columns.get(part);
    if (known !== undefined) return known;
    const inner = new Set([...above, part]);
    const feeds = part.from.flatMap((id) => byId.get(readBase(id)) ?? []).filter((one) => !inner.has(one));
    const column = feeds.reduce((most, one) => Math.max(most, find(one, inner) + 1), 0);
    columns.set(part, column);
    return column;
  };
  const last = parts.reduce((most, part) => Math.max(most, find(part, new Set())), 0);
  const rows = new Map<number, number>();
  const placed = parts.map((part): Placed => {
    const column = part.type === 'sink' ? last : columns.get(part)!;
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    return { part, column, row };
  });
  const places = new Map(placed.filter(({ part }) => part.type !== 'sink').map((one) => [one.part.id, one]));
  const arrows = placed.flatMap((to) =>
    to.part.from.flatMap((id): Arrow[] => {
      const from = places.get(readBase(id));
      return from ? [{ from, to, port: id === readBase(id) ? null : id.slice(readBase(id).length + 1), track: null }] : [];
    }),
  );
  layTracks(arrows, rows);
  return { placed, arrows, columns: last + 1, rows: Math.max(1, ...rows.values()) };
}

/** Gives a track to each arrow that passes columns, the shortest way first. `rows`: how many boxes each column has. */
function layTracks(arrows: readonly Arrow[], rows: ReadonlyMap<number, number>): void {
  const bundles = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    if (arrow.to.column <= arrow.from.column + 1) continue;
    const key = `${arrow.from.part.id} ${arrow.port ?? ''}`;
    bundles.set(key, [...(bundles.get(key) ?? []), arrow]);
  }
  const routes = Array.from(bundles.values(), (bundle) => ({
    bundle,
    first: bundle[0]!.from.column + 1,
    last: Math.max(...bundle.map(({ to }) => to.column)) - 1,
  }));
  routes.sort((a, b) => a.last - a.first - (b.last - b.first) || b.first - a.first);
  const taken: { first: number; last: number; lane: number }[] = [];
  for (const { bundle, first, last } of routes) {
    const beside = new Set(taken.filter((one) => one.first <= last && first <= one.last).map(({ lane }) => lane));
    let lane = 0;
    while (beside.has(lane)) lane += 1;
    taken.push({ first, last, lane });
    let tallest = 1;
    for (let column = first; column <= last; column += 1) tallest = Math.max(tallest, rows.get(column) ?? 0);
    for (const arrow of bundle) arrow.track = { rows: tallest, lane };
  }
}

const readBase = (id: string): string => id.split('.', 1)[0]!;
