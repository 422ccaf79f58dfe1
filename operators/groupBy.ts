import { z } from 'zod';
import type { Signal } from '../src/signal.ts';
import { defineOperator, type Flow, type Machine } from '../src/kernel/defineOperator.ts';
import { compileTemplate } from '../src/kernel/template/compileTemplate.ts';
import { rejectSignal } from '../src/kernel/template/rejectSignal.ts';
import { templateText } from '../src/kernel/template/templateText.ts';

const options = z.strictObject({
  key: templateText.default('group_id').describe('Field path such as group_id, or a template such as {source}:{metadata.component}.'),
});

/**
 * Sets the key that keyed operators after it hold their state by.
 *
 * A record that lacks a field of the key goes on as `rejected`. Signals that are no events keep their key.
 *
 * ```text
 * in     a-b-a|
 *        groupBy({ key: 'source' })
 * out    a-b-a|            the key of each is its source
 * ```
 */
export const groupBy = defineOperator({
  name: 'groupBy',
  summary: 'Sets the key that the operators after it hold their state by.',
  options,
  consume: true,
  stateless: true,
  accepts: ['event'],
  emits: ['event', 'rejected'],
  ports: { rejected: (signal) => signal.kind === 'rejected' },
  changes: { key: 'identity' },
  machine: ({ key }): Machine<Record<string, never>, Flow, Flow> => {
    const readKey = compileTemplate(key.includes('{') ? key : `{${key}}`);
    return {
      start: () => ({}),
      step(_state, signal, emit) {
        const { event } = signal as Extract<Signal, { kind: 'event' }>;
        const found = readKey(event);
        if (typeof found !== 'string')
          emit(rejectSignal(signal, 'groupBy', `the key needs the field ${found.missing}, which is missing`, event));
        else emit(found === signal.key ? signal : { ...signal, key: found });
      },
    };
  },
});
