import { z } from 'zod';
import type { Blip, BlipSignal, RadarSignal } from '../src/signal.ts';
import { radarOf } from '../src/memory/radarOf.ts';
import { hasMoved, startMoves, updateMoves, type MoveRate } from '../src/memory/together.ts';
import { defineOperator, type Emit, type Machine } from './kernel.ts';

const options = z.strictObject({
  top: z.int().min(1).default(8).describe('Most patterns a radar lists; the others are counted.'),
  scope: z.enum(['all', 'group']).default('all').describe('One radar over all groups, or one for each.'),
});

/** Blips that wait for their window: `due` is when it is ranked, one millisecond after the last of them was due. */
interface Pending {
  due: number;
  open: boolean;
  end: string;
  blips: Blip[];
}

interface State {
  pending: Pending[];
  moves: MoveRate;
}

/**
 * Ranks a window's blips over all groups: one radar, the most salient first, no label twice.
 *
 * What moved in the same window is named with each blip and adds to its bits. Early blips make a radar marked open.
 *
 * ```text
 * in     xy--z-|           x, y = blips of one window, z of the next
 *        rank()
 * out    xyr-z-(s|)        r = radar of x and y, s = radar of z
 * ```
 */
export const rank = defineOperator({
  name: 'rank',
  summary: 'Ranks the blips of each window over all groups into one radar.',
  options,
  accepts: ['blip'],
  emits: ['radar'],
  machine: ({ top, scope }): Machine<State, BlipSignal, RadarSignal> => {
    const send = (state: State, pending: Pending, emit: Emit<RadarSignal>) => {
      for (const blips of scope === 'all' ? [pending.blips] : byGroup(pending.blips)) {
        const group = new Set(blips.map(({ group_id }) => group_id)).size === 1 ? blips[0]!.group_id : null;
        const radar = radarOf(blips, group, top, state.moves);
        emit({ kind: 'radar', time: pending.due, key: group ?? '', radar });
      }
      const moved = pending.blips.filter((blip) => hasMoved(blip.state, blip.bits)).length;
      if (!pending.open) updateMoves(state.moves, moved, pending.blips.length);
    };
    return {
      start: () => ({ pending: [], moves: startMoves() }),
      step(state, { time, blip }) {
        const known = state.pending.find((p) => p.due === time + 1 && p.open === blip.open && p.end === blip.end);
        if (known) known.blips.push(blip);
        else state.pending.push({ due: time + 1, open: blip.open, end: blip.end, blips: [blip] });
      },
      due: (state) =>
        state.pending.reduce<number | null>((least, { due }) => (least === null || due < least ? due : least), null),
      tick(state, time, emit) {
        const ready = inOrder(state.pending.filter(({ due }) => due <= time));
        state.pending = state.pending.filter(({ due }) => due > time);
        for (const pending of ready) send(state, pending, emit);
      },
      end(state, emit) {
        for (const pending of inOrder(state.pending)) send(state, pending, emit);
        state.pending = [];
      },
    };
  },
});

function inOrder(pending: readonly Pending[]): Pending[] {
  return [...pending].sort(
    (a, b) => a.due - b.due || (a.end < b.end ? -1 : a.end > b.end ? 1 : 0) || Number(b.open) - Number(a.open),
  );
}

function byGroup(blips: readonly Blip[]): Blip[][] {
  const groups = new Map<string, Blip[]>();
  for (const blip of blips) {
    const group = groups.get(blip.group_id);
    if (group) group.push(blip);
    else groups.set(blip.group_id, [blip]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
