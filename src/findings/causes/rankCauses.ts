import type { CameFirst } from '../../results/cameFirst.ts';
import type { BlipField } from '../../signal.ts';
import type { Change } from '../answers/changes.ts';
import { changeCauses } from './changeCauses.ts';
import { groupCauses, type Mover } from './groupCauses.ts';
import type { Beginnings } from './precedents.ts';
import { valueCauses } from './valueCauses.ts';

/** As many as a person looks into. */
const MOST = 5;
/** What has fewer bits says nothing for it. */
const LEAST_BITS = 0.5;

/** What is known beside an episode. Times and distances in milliseconds. */
export interface Evidence {
  since: number;
  /** Changes around its beginning, and all that are known, oldest first. */
  near: readonly Change[];
  changes: readonly Change[];
  /** Past episodes: which group began when, and how long before them something was changed. */
  past: readonly { began: Beginnings; changed: number | null }[];
}

/**
 * What came first in an episode: groups, changes and values that something speaks for, the most bits first, each with its
 * evidence and the count of its precedents. Order and nearness, never a proof.
 */
export function rankCauses(members: readonly (Mover & { fields?: readonly BlipField[] })[], evidence: Evidence): CameFirst[] {
  const { since, near, changes, past } = evidence;
  const all = [
    ...groupCauses(
      members,
      past.map(({ began }) => began),
    ),
    ...changeCauses(
      since,
      near,
      changes,
      past.map(({ changed }) => changed),
    ),
    ...valueCauses(members.map(({ fields = [] }) => fields)),
  ];
  return all
    .filter(({ bits }) => bits >= LEAST_BITS)
    .toSorted((a, b) => b.bits - a.bits)
    .slice(0, MOST);
}
