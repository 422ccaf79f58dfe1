import type { Blip } from '../../signal.ts';

/** Groups from which on the others say what is usual now. */
const LEAST_GROUPS = 3;
/** A volume within this factor of what the others do is no news: all of them have more, or less, to do. */
const WITH_OTHERS = 1.5;

/** A window's blips without the volumes of groups that do what all the others do. */
export function weighVolumes(blips: readonly Blip[]): Blip[] {
  const volumes = blips.filter(({ volume }) => volume !== undefined);
  if (volumes.length === 0) return [...blips];
  const byGroup = new Map<string, { count: number; usual: number }>();
  for (const { group_id: group, count, usual, volume } of blips) {
    if (volume !== undefined || usual === null) continue;
    const sum = byGroup.get(group) ?? { count: 0, usual: 0 };
    byGroup.set(group, { count: sum.count + count, usual: sum.usual + usual });
  }
  return blips.filter((blip) => blip.volume === undefined || !isWithOthers(blip, byGroup));
}

function isWithOthers({ group_id: group, count, usual }: Blip, byGroup: ReadonlyMap<string, { count: number; usual: number }>): boolean {
  const others = [...byGroup].filter(([name]) => name !== group).map(([, sum]) => sum);
  if (others.length < LEAST_GROUPS - 1 || usual === null || usual <= 0) return false;
  const all = others.reduce((sum, one) => ({ count: sum.count + one.count, usual: sum.usual + one.usual }));
  const expected = (usual * (all.count + 0.5)) / (all.usual + 0.5);
  return count <= expected * WITH_OTHERS && count * WITH_OTHERS >= expected;
}
