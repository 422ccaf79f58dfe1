import type { BlipView, BoardView, EarlierView, FindingView, GroupView, MemberView } from '../../client.ts';

/** A line of the table. */
export type Row =
  | { kind: 'row'; key: string; blip: BlipView }
  | { kind: 'quiet'; key: string; group: GroupView; finding: FindingView | null }
  | { kind: 'earlier'; key: string; blip: EarlierView };

/** An episode as a block of the table. */
export interface Block {
  finding: Extract<FindingView, { type: 'episode' }>;
  members: MemberView[];
}

export interface Table {
  blocks: Block[];
  rows: Row[];
  earlier: Row[];
}

export type Sort = 'score' | 'count' | 'group';

/** What stands in the table: open episodes, what is ranked beside them, groups that cannot be seen, and what is over. */
export function buildTable({ radar, findings, episodes, groups }: BoardView, sort: Sort, group: string | null): Table {
  const fits = (one: { group_id: string }): boolean => group === null || one.group_id === group;
  // Of one group the lines are what is asked for: an episode is of several.
  const blocks = (group === null ? episodes : []).flatMap(({ id, members }): Block[] => {
    const finding = findings.find((one) => one.id === id);
    return finding?.type === 'episode' ? [{ finding, members }] : [];
  });
  blocks.sort(
    (a, b) => Number(a.finding.state === 'acked') - Number(b.finding.state === 'acked') || b.finding.result.score - a.finding.result.score,
  );
  const listed = new Set(blocks.flatMap(({ members }) => members.map(({ topic_id: id }) => id)));
  const beside = (blip: BlipView): boolean => fits(blip) && !(listed.has(blip.topic_id) && blip.volume === undefined && !blip.measure);
  const rows = (radar?.blips ?? []).filter(beside).map((blip): Row => ({ kind: 'row', key: blipKey(blip), blip }));
  rows.sort((a, b) => compare(a, b, sort));
  const quiet = groups
    .filter(({ state }) => state === 'no data')
    .filter(fits)
    .map((one): Row => ({
      kind: 'quiet',
      key: `quiet ${one.group_id}`,
      group: one,
      finding: findings.find(({ id }) => id === one.finding) ?? null,
    }));
  return {
    blocks,
    rows: [...rows, ...quiet],
    earlier: (radar?.earlier ?? []).filter(beside).map((blip): Row => ({ kind: 'earlier', key: `was ${blipKey(blip)}`, blip })),
  };
}

export const blipKey = ({ topic_id: topic, template_id: template, volume, measure }: BlipView): string =>
  volume !== undefined ? `volume ${topic}` : measure ? `measure ${template}` : topic;

function compare(a: Row, b: Row, sort: Sort): number {
  if (a.kind === 'quiet' || b.kind === 'quiet') return 0;
  if (sort === 'count') return b.blip.count - a.blip.count;
  if (sort === 'group') return a.blip.group_id < b.blip.group_id ? -1 : a.blip.group_id > b.blip.group_id ? 1 : b.blip.score - a.blip.score;
  return b.blip.score - a.blip.score;
}

/** Keys of the lines of a table that can be chosen, from top to bottom; those of what is over are not among them. */
export const listKeys = ({ blocks, rows }: Pick<Table, 'blocks' | 'rows'>): string[] => [
  ...blocks.flatMap(({ finding, members }) => [finding.id, ...members.map(({ topic_id: id }) => id)]),
  ...rows.map(({ key }) => key),
];

/** The pattern that stands so far below (or above) the one whose id begins so; none beyond the ends, and behind none. */
export function nextPattern({ blocks, rows }: Pick<Table, 'blocks' | 'rows'>, id: string, by: number): string | undefined {
  const ids = [
    ...blocks.flatMap(({ members }) => members.map(({ topic_id: one }) => one)),
    ...rows.flatMap((row) => (row.kind === 'row' && row.blip.volume === undefined ? [row.blip.topic_id] : [])),
  ];
  const at = ids.findIndex((one) => one.startsWith(id));
  return ids[at < 0 && by < 0 ? -1 : at + by];
}

/** How the rows of a table would move: how many stand elsewhere among those that stay, and how many are new. */
export function difference(shown: readonly string[], wanted: readonly string[]): { moved: number; fresh: number } {
  const known = new Set(shown);
  const stay = wanted.filter((key) => known.has(key));
  const before = shown.filter((key) => stay.includes(key));
  return { moved: stay.filter((key, i) => key !== before[i]).length, fresh: wanted.length - stay.length };
}

/**
 * Rows in the order that a person has before their eyes: those that stay stand where they stood. `fresh` ones come in at
 * their place where the order may change, else not at all; what is gone stays while the order is held.
 */
export function keepOrder(shown: readonly Row[], wanted: readonly Row[], held: boolean): Row[] {
  const now = new Map(wanted.map((row) => [row.key, row]));
  if (held) return shown.map((row) => now.get(row.key) ?? row);
  const known = new Set(shown.map(({ key }) => key));
  const kept = shown.flatMap((row) => now.get(row.key) ?? []);
  wanted.forEach((row, i) => {
    if (known.has(row.key)) return;
    const behind = wanted.slice(0, i).findLast(({ key }) => kept.some((one) => one.key === key));
    const at = behind ? kept.findIndex(({ key }) => key === behind.key) + 1 : 0;
    kept.splice(at, 0, row);
  });
  return kept;
}

/** Every id that stands on a board, so that their beginnings tell them apart. */
export const listIds = ({ radar, findings, over, episodes }: BoardView): string[] => [
  ...[...(radar?.blips ?? []), ...(radar?.earlier ?? [])].map(({ topic_id: topic, template_id: template, measure }) =>
    measure ? template : topic,
  ),
  ...[...findings, ...over].map(({ id }) => id),
  ...episodes.flatMap(({ members }) => members.map(({ topic_id: id }) => id)),
];
