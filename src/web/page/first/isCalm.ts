import type { BoardView } from '../../client.ts';
import { firing } from '../standing.ts';

/** Whether there is nothing to do, and all can be seen: otherwise it is not calm. */
export function isCalm(view: BoardView): boolean {
  const { radar, groups_live: live, sources, stale, calm, episodes } = view;
  const troubled = sources.some(({ trouble }) => trouble !== undefined);
  if (!radar || radar.learning || stale || troubled || live.all === 0 || live.live < live.all) return false;
  return firing(view) === 0 && episodes.length === 0 && calm.since !== null && radar.blips.every(({ score }) => score < 40);
}
