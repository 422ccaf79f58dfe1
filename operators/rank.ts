import { z } from 'zod';
import type { JsonObject } from '../src/event.ts';
import type { Blip, BlipSignal, RadarSignal } from '../src/signal.ts';
import { agedTo, withLasting, type Lasting } from '../src/memory/ranking/decay.ts';
import { radarOf, withCompanions } from '../src/memory/ranking/makeRadar.ts';
import { hasMoved, startMoves, updateMoves, type MoveRate } from '../src/memory/ranking/together.ts';
import { defineOperator, type Emit, type Machine } from '../src/kernel/defineOperator.ts';

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
  /** What was salient before and is not forgotten yet. */
  lasting: Lasting[];
  /** Newest time a pattern was seen at, and the end of the last window that was ranked, ISO 8601; '' before the first. */
  newest: string;
  ranked: string;
}

/**
 * Ranks a window's blips over all groups: one radar, the most salient first, no label twice.
 *
 * What moved in the same window is named with each blip and adds to its bits. What was salient keeps its line, with the
 * terms of its strongest window fading, until its score is below 10. Early blips make a radar marked open.
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
  accepts: ['blip'],
  emits: ['radar'],
  stateVersion: 2,
  migrate: (state) => ({ ...(state as JsonObject), lasting: [], newest: '', ranked: '' }),
  machine: ({ top, scope }): Machine<State, BlipSignal, RadarSignal> => {
    const split = (blips: readonly Blip[]) => (scope === 'all' ? [blips] : byGroup(blips));
    const send = (state: State, { blips, open, due, end }: Pending, emit: Emit<RadarSignal>, now = due - 1) => {
      const { start } = blips[0]!;
      const aged = now < Date.parse(end) && !open ? blips.map((blip) => agedTo(blip, now)) : blips;
      const beside = split(aged).flatMap((listed) => withCompanions(listed, state.moves));
      const groups = new Set(blips.map(({ group_id }) => group_id));
      // A group may be met for the first time in a window that is long past: that one is told by itself.
      const inTurn = !open && end > state.ranked;
      if (inTurn) state.ranked = end;
      for (const listed of split(inTurn ? withLasting(beside, state.lasting, { start, end, now }) : beside)) {
        const { group_id: first } = listed[0]!;
        if (scope === 'group' && !groups.has(first)) continue;
        const group = listed.every(({ group_id }) => group_id === first) ? first : null;
        emit({ kind: 'radar', time: due, key: group ?? '', radar: radarOf(listed, group, top) });
      }
      const moved = blips.filter((blip) => hasMoved(blip.state, blip.bits)).length;
      if (!open) updateMoves(state.moves, moved, blips.length);
    };
    return {
      start: () => ({ pending: [], moves: startMoves(), lasting: [], newest: '', ranked: '' }),
      step(state, { time, blip }) {
        if (blip.last_seen > state.newest) state.newest = blip.last_seen;
        const known = state.pending.find((p) => p.due === time + 1 && p.open === blip.open && p.end === blip.end);
        if (known) known.blips.push(blip);
        else state.pending.push({ due: time + 1, open: blip.open, end: blip.end, blips: [blip] });
      },
      due: (state) => state.pending.reduce<number | null>((least, { due }) => (least === null || due < least ? due : least), null),
      tick(state, time, emit) {
        const ready = inOrder(state.pending.filter(({ due }) => due <= time));
        state.pending = state.pending.filter(({ due }) => due > time);
        for (const pending of ready) send(state, pending, emit);
      },
      end(state, emit) {
        // The input may have ended long before its last window would have: nothing is older than its newest event.
        for (const pending of inOrder(state.pending)) send(state, pending, emit, Math.min(pending.due - 1, Date.parse(state.newest)));
        state.pending = [];
      },
    };
  },
});

function inOrder(pending: readonly Pending[]): Pending[] {
  return [...pending].sort((a, b) => a.due - b.due || (a.end < b.end ? -1 : a.end > b.end ? 1 : 0) || Number(b.open) - Number(a.open));
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
