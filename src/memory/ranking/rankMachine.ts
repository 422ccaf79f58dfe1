import type { Json, JsonObject } from '../../event.ts';
import type { Emit, Machine } from '../../kernel/machine.ts';
import type { Blip, BlipSignal, MarkSignal, RadarSignal } from '../../signal.ts';
import { followEarlier, type Salient } from './earlier.ts';
import { foldRows } from './foldRows.ts';
import { listTop, makeRadar, withCompanions } from './makeRadar.ts';
import { acceptAsUsual, followOngoing, type Ongoing } from './ongoing.ts';
import { weighVolumes } from './weighVolumes.ts';
import { hasMoved, startMoves, updateMoves, type MoveRate } from './together.ts';

export interface RankOptions {
  /** Most patterns a radar lists. */
  top: number;
  /** One radar over all groups, or one for each. */
  scope: 'all' | 'group';
}

/** Blips that wait for their window: `due` is when it is ranked, one millisecond after the last of them was due. */
interface Pending {
  due: number;
  open: boolean;
  end: string;
  blips: Blip[];
}

export interface RankState {
  pending: Pending[];
  moves: MoveRate;
  /** Trouble that goes on, and what stood on top before. */
  ongoing: Ongoing[];
  salient: Salient[];
  /** End of the last window that was ranked, ISO 8601; '' before the first. */
  ranked: string;
}

export const startRank = (): RankState => ({ pending: [], moves: startMoves(), ongoing: [], salient: [], ranked: '' });

/** Of a state of before, what is pending and how much usually moves go on; what stood on top is learned anew. */
export const migrateRank = (state: Json): Json => {
  const { pending, moves, ranked = '' } = state as JsonObject;
  return { pending: pending!, moves: moves!, ongoing: [], salient: [], ranked };
};

/** Behind windows `ratio` times as long, what waits for one of before, and what stood on top in those, is forgotten; trouble that goes on goes on. */
export function forgetRanked(state: Json, _options: unknown, ratio: number): Json {
  const { ongoing, ...rest } = state as JsonObject;
  return {
    ...rest,
    pending: [],
    salient: [],
    ongoing: (ongoing as JsonObject[]).map((one) => ({ ...one, began: Number(one.began) * ratio })),
  };
}

/** Collects the blips of a window over all groups and ranks them once its time has passed. */
export function rankMachine({ top, scope }: RankOptions): Machine<RankState, BlipSignal | MarkSignal, RadarSignal> {
  const split = (blips: readonly Blip[]) => (scope === 'all' ? [blips] : splitByGroup(blips));
  const rankWindow = (state: RankState, { blips: members, open, due, end }: Pending, emit: Emit<RadarSignal>) => {
    const blips = foldRows(weighVolumes(members));
    // All there was is a volume that the others have too.
    if (blips.length === 0) return;
    const window = { start: blips[0]!.start, end };
    const beside = split(blips).flatMap((listed) => withCompanions(listed, state.moves));
    const groups = new Set(blips.map(({ group_id: group }) => group));
    // A group may be met for the first time in a window that is long past: that one is ranked by itself.
    const inTurn = !open && end > state.ranked;
    if (inTurn) state.ranked = end;
    const lines = inTurn ? followOngoing(beside, state.ongoing, window) : beside;
    const parts = split(lines);
    const earlier = inTurn ? followEarlier({ top: parts.flatMap((part) => listTop(part, top)), all: lines }, state.salient, window) : [];
    for (const part of parts) {
      const { group_id: first } = part[0]!;
      if (scope === 'group' && !groups.has(first)) continue;
      const group = part.every(({ group_id: one }) => one === first) ? first : null;
      const mine = scope === 'all' ? earlier : earlier.filter(({ group_id: one }) => one === first);
      emit({ kind: 'radar', time: due, key: group ?? '', radar: makeRadar(part, group, top, mine) });
    }
    const moved = blips.filter((blip) => hasMoved(blip.state, blip.bits)).length;
    if (!open) updateMoves(state.moves, moved, blips.length);
  };
  return {
    start: startRank,
    step(state, signal) {
      if (signal.kind === 'mark') {
        acceptAsUsual(state.ongoing, signal.mark);
        return;
      }
      const { time, blip } = signal;
      const known = state.pending.find((one) => one.due === time + 1 && one.open === blip.open && one.end === blip.end);
      if (known) known.blips.push(blip);
      else state.pending.push({ due: time + 1, open: blip.open, end: blip.end, blips: [blip] });
    },
    due: ({ pending }) => pending.reduce<number | null>((least, { due }) => (least === null || due < least ? due : least), null),
    tick(state, time, emit) {
      const ready = inOrder(state.pending.filter(({ due }) => due <= time));
      state.pending = state.pending.filter(({ due }) => due > time);
      for (const pending of ready) rankWindow(state, pending, emit);
    },
    end(state, emit) {
      for (const pending of inOrder(state.pending)) rankWindow(state, pending, emit);
      state.pending = [];
    },
  };
}

function inOrder(pending: readonly Pending[]): Pending[] {
  return [...pending].sort((a, b) => a.due - b.due || (a.end < b.end ? -1 : a.end > b.end ? 1 : 0) || Number(b.open) - Number(a.open));
}

function splitByGroup(blips: readonly Blip[]): Blip[][] {
  const groups = new Map<string, Blip[]>();
  for (const blip of blips) {
    const group = groups.get(blip.group_id);
    if (group) group.push(blip);
    else groups.set(blip.group_id, [blip]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
