import { z } from 'zod';
import { defineOperator } from '../src/kernel/defineOperator.ts';
import { forgetRanked, migrateRank, rankMachine } from '../src/memory/ranking/rankMachine.ts';

const options = z.strictObject({
  top: z.int().min(1).default(8).describe('Most patterns a radar lists; the others are counted.'),
  scope: z.enum(['all', 'group']).default('all').describe('One radar over all groups, or one for each.'),
});

/**
 * Ranks a window's blips over all groups: one radar, the most salient first, no label twice.
 *
 * A line's word, count, usual and score are of this window alone. What moved in the same window is named with each blip
 * and adds to its bits. An error that began earlier and goes on says since when, and stands as high as an error does,
 * however used to it the memory has become; `caducus resolve --as-usual` ends that. What stood on top and is over stands below, under `earlier`: at most three
 * lines, for two to five windows. Early blips make a radar marked open.
 *
 * ```text
 * in     (xy)-z---|           x, y = blips of one window, z of the next
 *        rank()
 * out    (xy)-(rz)(s|)       r = radar of x and y, s = radar of z
 * ```
 */
export const rank = defineOperator({
  name: 'rank',
  summary: 'Ranks the blips of each window over all groups into one radar.',
  options,
  accepts: ['blip', 'mark'],
  emits: ['radar'],
  stateVersion: 3,
  migrate: migrateRank,
  changes: { top: 'view', scope: 'view' },
  rewindow: forgetRanked,
  machine: rankMachine,
});
