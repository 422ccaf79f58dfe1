import { z } from 'zod';
import { normalize } from '../../operators/normalize.ts';
import { templateText } from '../kernel/template/templateText.ts';
import type { Signal } from '../signal.ts';
import { defineSource, type OpenSource, type SourceEntry, type SourceBatch } from '../sources/source.ts';

/** What may stand beside the verb of a source. */
export const overridesSchema = z.strictObject({
  source: templateText.optional().describe('Its events call their source this: text, or a template such as {app}.'),
  groupId: templateText
    .optional()
    .describe('Group of its events: a template such as prod:{log_group}, filled from the event, then its metadata.'),
});

export type Overrides = z.output<typeof overridesSchema>;

interface Overridden extends SourceEntry {
  readonly overrides: Overrides;
}

/** What a source's events are renamed to; nothing for most. */
export const readOverrides = (source: SourceEntry): Overrides => ('overrides' in source ? (source as Overridden).overrides : {});

/**
 * A source whose events get another source or group. It is part of the source and not an operator behind it, so that
 * other names change no saved state. An event that lacks a field of the template is rejected.
 */
export function withOverrides(source: SourceEntry, overrides: Overrides): SourceEntry {
  if (overrides.source === undefined && overrides.groupId === undefined) return source;
  const { spec } = source;
  const machine = normalize.spec.machine(normalize.spec.options.parse(overrides));
  const state = machine.start('');
  const renamed = (record: Signal): Signal => {
    let out: Signal = record;
    if (record.kind === 'event') machine.step(state, record, (signal) => (out = signal as Signal));
    return out;
  };
  async function* through(batches: OpenSource['batches']): AsyncGenerator<SourceBatch> {
    for await (const batch of batches) yield { ...batch, records: batch.records.map(renamed) };
  }
  const open: typeof spec.open = (options, context) => {
    const inner = spec.open(options, context);
    return { ...inner, batches: through(inner.batches) };
  };
  return Object.assign(defineSource({ ...spec, open }), { overrides });
}
