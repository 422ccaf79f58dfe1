import type { Instance, MachineFailure } from '../../kernel/defineOperator.ts';
import type { RejectedSignal, Signal } from '../../signal.ts';
import type { SavedStage, Stage } from './stage.ts';

/** Keeps a stage as it is at this moment; what it returns builds it anew in that state. */
export function copyStage(stage: Stage): () => Stage {
  // Through JSON, because a state may be the machine's own object, which goes on changing.
  const saved = JSON.stringify(stage.save());
  const counters = new Map<string, Instance['counters']>(Array.from(stage.instances, ([id, instance]) => [id, { ...instance.counters }]));
  return () => {
    const copy = stage.anew();
    copy.load(JSON.parse(saved) as SavedStage);
    for (const [id, instance] of copy.instances) Object.assign(instance.counters, counters.get(id));
    return copy;
  };
}

/** What becomes of a record that has made an operator throw twice. */
export function setAside(source: string, record: Signal, { operator, cause }: MachineFailure): RejectedSignal {
  const reason = `operator ${operator} failed twice at this record: ${cause instanceof Error ? cause.message : String(cause)}`;
  const original = JSON.stringify(record.kind === 'event' ? record.event : record).slice(0, 4096);
  return { kind: 'rejected', time: record.time, key: '', rejected: { source, reason, place: {}, original } };
}
