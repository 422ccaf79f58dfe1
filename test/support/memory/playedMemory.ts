import { memory } from '../../../operators/memory.ts';
import type { GroupMemory } from '../../../src/memory/groupMemory.ts';
import { convertGroup } from '../../../src/memory/convertGroup.ts';
import type { Json, JsonObject } from '../../../src/event.ts';
import type { Blip, EventSignal } from '../../../src/signal.ts';

export const MINUTE = 60_000;
export const began = Date.UTC(2026, 2, 14);

/** A memory that events are given to, and what it tells. */
export class Played {
  readonly blips: Blip[] = [];
  readonly #machine: ReturnType<typeof memory.spec.machine>;
  #state: unknown;

  constructor(options: object, saved?: Json) {
    this.#machine = memory.spec.machine(memory.spec.options.parse(options));
    this.#state = saved === undefined ? this.#machine.start('g') : this.#machine.load!(saved);
  }

  #emit = (signal: object): void => void ('blip' in signal && this.blips.push(signal.blip as Blip));

  advance(time: number): void {
    for (let due = this.#machine.due!(this.#state); due !== null && due <= time; due = this.#machine.due!(this.#state))
      this.#machine.tick!(this.#state, due, this.#emit);
  }

  event(text: string, time: number): void {
    this.advance(time);
    const event = { id: `${time}${text}`, timestamp: new Date(time).toISOString(), source: 's', group_id: 'g', text, metadata: {} };
    const signal: EventSignal = { kind: 'event', time, key: 'g', event };
    this.#machine.step(this.#state, signal, this.#emit);
  }

  get memory(): GroupMemory {
    return this.#state as GroupMemory;
  }

  save(): Json {
    return structuredClone(this.#machine.save!(this.#state));
  }
}

export const convert = (saved: Json, names: string[], before: JsonObject, after: object, minute: number): Json =>
  convertGroup(saved, {
    ...{ names, before, had: () => null, time: began + minute * MINUTE },
    after: memory.spec.options.parse(after) as JsonObject,
  })!;
