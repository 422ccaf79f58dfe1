import { groupedBy } from '../../base/groupedBy.ts';
import { findChain, type Found } from './fileFinder.ts';
import type { FileState } from './fileState.ts';

/** Generations of one log that are remembered after they went out of sight. */
const generations = 8;
/** Files out of sight that are remembered in all. */
const most = 1_000;

/**
 * What stays known after a look, by node: the files that were found, and those out of sight that may come back or tell an
 * older generation from a newer one.
 */
export function keptStates(known: readonly FileState[], { files, lost }: Found): Map<string, FileState> {
  const kept = new Map<string, FileState>();
  const moved = new Set(files.map(({ was }) => was));
  const gone = new Set(lost.map(({ state }) => state.node));
  const found = new Set(files.map(({ node }) => node));
  const outOfSight = known.filter(({ node }) => !found.has(node) && !moved.has(node) && !gone.has(node));
  for (const states of groupedBy(outOfSight.slice(-most), findChain).values())
    for (const state of states.slice(-generations)) kept.set(state.node, state);
  for (const { state } of files) if (state) kept.set(state.node, state);
  return kept;
}
