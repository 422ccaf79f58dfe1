import type { Blip, EarlierBlip, Finding } from '../../signal.ts';
import { isQuietGroup } from '../radar/openFindings.ts';
import type { Look } from './look.ts';

/** A line that can be chosen. */
export type LiveRow =
  | { id: string; kind: 'finding'; finding: Finding }
  /** `open`: of the window that is open. */
  | { id: string; kind: 'open'; blip: Blip }
  | { id: string; kind: 'pattern'; blip: Blip }
  | { id: string; kind: 'earlier'; blip: EarlierBlip };

/** What rows can be ordered by; `score` is the order of the radar itself. */
export const orders = ['score', 'count', 'change', 'group', 'pattern'] as const;
export type Order = (typeof orders)[number];

/** How many times as much as usual; what was never usual comes first. */
const ratio = ({ count, usual }: Blip): number => (usual === null ? 0 : count / Math.max(usual, 1e-3));

const compare: Record<Exclude<Order, 'score'>, (a: Blip, b: Blip) => number> = {
  count: (a, b) => b.count - a.count,
  change: (a, b) => ratio(b) - ratio(a),
  group: (a, b) => compareText(a.group_id, b.group_id),
  pattern: (a, b) => compareText(a.label, b.label),
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Everything on a row that a person may look for. */
const words = (row: LiveRow): string =>
  row.kind === 'finding'
    ? [row.finding.id, row.finding.type, row.finding.state, row.finding.severity, row.finding.group_id, row.finding.title].join(' ')
    : [row.blip.topic_id, row.blip.level ?? '', row.blip.state, row.blip.group_id, row.blip.label].join(' ');

/**
 * The rows of a look: findings, the news of the open window, the last closed window, what is over. A filter is words, each of which must stand
 * somewhere in a row, whatever their case.
 */
export function listRows({ radar, open, findings }: Pick<Look, 'radar' | 'open' | 'findings'>, filter: string, order: Order): LiveRow[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const inOrder = (blips: readonly Blip[]) => (order === 'score' ? blips : blips.toSorted(compare[order]));
  const rows: LiveRow[] = [
    ...findings
      .toSorted((a, b) => Number(isQuietGroup(a)) - Number(isQuietGroup(b)))
      .map((finding): LiveRow => ({ id: finding.id, kind: 'finding', finding })),
    ...inOrder(open?.blips ?? []).map((blip): LiveRow => ({ id: blip.topic_id, kind: 'open', blip })),
    ...inOrder(radar?.blips ?? []).map((blip): LiveRow => ({ id: blip.topic_id, kind: 'pattern', blip })),
    ...(radar?.earlier ?? []).map((blip): LiveRow => ({ id: blip.topic_id, kind: 'earlier', blip })),
  ];
  return rows.filter((row) => {
    const text = words(row).toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
