import type { Event } from '../../event.ts';
import { Redactor } from '../../redact/redactor.ts';
import { file } from '../../sources/file.ts';
import type { Source } from '../../sources/source.ts';
import type { StoreProblem } from '../../store/entry.ts';
import { readEvents } from '../../store/reader.ts';
import type { Recall } from '../../store/recall.ts';
import type { CliContext } from '../shared/context.ts';
import { sourceNode } from '../shared/pipelineNodes.ts';

export interface EventRange {
  group?: string | undefined;
  /** Event time, milliseconds: from, inclusive, and to, exclusive. */
  since?: number | undefined;
  until?: number | undefined;
  /** Called with what is in the store and cannot be read. */
  onProblem?: ((problem: StoreProblem) => void) | undefined;
}

/** The events a run has seen: of its files where it was a radar of files, in their order, else of the store, in order of time. */
export async function* inputEvents(recall: Recall | null, range: EventRange, context: CliContext): AsyncGenerator<Event> {
  if (!recall || recall.inputs.length === 0) {
    yield* readEvents(context.io.files, context.dataDir, range);
    return;
  }
  const { group, since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = range;
  // What a run masks at its ingress is masked here too.
  const redactor = new Redactor(['secrets']);
  for (const [at, path] of recall.inputs.entries()) {
    const format = recall.format === undefined ? {} : { format: recall.format };
    const node = sourceNode(`file-${at + 1}`, file as Source, { path, ...format }, 'log');
    const open = node.source.spec.open(node.options, {
      io: context.io,
      id: node.name ?? node.id,
      from: null,
      signal: context.stop,
    });
    try {
      for await (const { records } of open.batches) {
        for (const record of records) {
          if (record.kind !== 'event' || record.time < since || record.time >= until) continue;
          const { event } = redactor.record(record) as typeof record;
          if (group === undefined || event.group_id === group) yield event;
        }
      }
    } finally {
      await open.close();
    }
  }
}
