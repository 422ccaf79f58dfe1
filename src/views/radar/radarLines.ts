import { parseTime } from '../text/time.ts';
import { radarAll, type QuietGroup, type RadarAllData } from './radarAll.ts';
import { radarGroup } from './radarGroup.ts';
import { isQuietGroup } from './openFindings.ts';
import type { Finding } from '../../signal.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** Findings that say a group has gone quiet, as rows of the radar. */
export function findQuietGroups(findings: readonly Finding[], now: number): QuietGroup[] {
  return findings
    .filter(isQuietGroup)
    .filter(({ state }) => state !== 'resolved')
    .map(({ id, group_id: group, since, result }) => ({
      id,
      group_id: group,
      forMs: result.quiet_ms ?? Math.max(0, now - parseTime(since)),
      usual: result.usual ?? null,
    }));
}

/**
 * The radar as a page: of one group when it holds one, else over all groups, with the findings that are open.
 * A finding whose result says `no_data: true` is a quiet group's row (`quiet_ms`, `usual` beside it).
 */
export function radarLines(data: RadarAllData, view: ViewOptions): string[] {
  const { radar, findings = [], status } = data;
  const end = parseTime(radar.end);
  const quiet = [...(data.quiet ?? []), ...findQuietGroups(findings, end)];
  const groups = new Set(radar.blips.map(({ group_id: group }) => group));
  const only = radar.group_id ?? (radar.groups <= 1 && groups.size === 1 ? [...groups][0]! : null);
  const episodes = findings.some(({ type, state }) => type === 'episode' && state !== 'resolved');
  if (only !== null && !episodes && quiet.length === 0) return radarGroup({ radar: { ...radar, group_id: only }, findings, status }, view);
  return radarAll({ radar, findings, quiet, status }, { now: end, ...view });
}
