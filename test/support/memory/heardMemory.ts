import { toIso, type Event, type JsonObject } from '../../../src/event.ts';
import { GroupState } from '../../../src/memory/group/groupState.ts';
import { GroupMemory } from '../../../src/memory/groupMemory.ts';
import type { MemoryOptions } from '../../../src/memory/memoryOptions.ts';
import type { Blip } from '../../../src/signal.ts';
import { minuteMemory } from './memoryOptions.ts';

export const lineAt = (text: string, time: number, metadata: JsonObject = {}): Event => ({
  id: `${time}-${text}`,
  timestamp: toIso(time),
  source: 's',
  group_id: 'g',
  text,
  metadata,
});

/** The memory of a group with windows of a minute, and what it has told. */
export function heardMemory(options: Partial<MemoryOptions> = {}, since?: number) {
  const state = new GroupState('g', { ...minuteMemory, ...options }, since);
  const memory = new GroupMemory('g', state.options, undefined, state);
  const blips: Blip[] = [];
  const advance = (time: number): void => {
    for (let due = memory.due(); due !== null && due <= time; due = memory.due()) memory.tick(due, (blip) => blips.push(blip));
  };
  return {
    state,
    memory,
    blips,
    advance,
    /** Takes a line once the time has come to it. */
    hear(text: string, time: number, metadata: JsonObject = {}): void {
      advance(time);
      memory.observe(lineAt(text, time, metadata), time);
    },
    end: (): void => memory.end((blip) => blips.push(blip)),
  };
}
