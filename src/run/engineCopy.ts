import type { Instance, MachineFailure } from '../kernel/defineOperator.ts';
import type { Json } from '../event.ts';
import type { RejectedSignal, Signal } from '../signal.ts';
import type { Engine } from './engine.ts';

/** The operators of a run as they were at one moment. */
export class EngineCopy {
  readonly #now: number;
  readonly #instances: Map<string, { state: Json; counters: Instance['counters'] }>;

  constructor({ clock, instances }: Engine) {
    this.#now = clock.now;
    // Through JSON, because a state may be the machine's own object, which goes on changing.
    this.#instances = new Map(
      [...instances].map(([id, instance]) => [
        id,
        { state: JSON.parse(JSON.stringify(instance.save())) as Json, counters: { ...instance.counters } },
      ]),
    );
  }

  /** Puts newly built operators in that state. */
  restore({ clock, instances }: Engine): void {
    clock.restore(this.#now);
    for (const [id, { state, counters }] of this.#instances) {
      const instance = instances.get(id)!;
      instance.load(state);
      Object.assign(instance.counters, counters);
    }
  }
}

/** What becomes of a record that has made an operator throw twice. */
export function setAside(source: string, record: Signal, { operator, cause }: MachineFailure): RejectedSignal {
  const reason = `operator ${operator} failed twice at this record: ${cause instanceof Error ? cause.message : String(cause)}`;
  const original = JSON.stringify(record.kind === 'event' ? record.event : record).slice(0, 4096);
  return { kind: 'rejected', time: record.time, key: '', rejected: { source, reason, place: {}, original } };
}
