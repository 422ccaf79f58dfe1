import { z } from 'zod';
import { EntityMemory } from '../src/findings/entities/entityMemory.ts';
import { defineOperator, type Emit, type Machine } from '../src/kernel/defineOperator.ts';
import type { BlipSignal, EventSignal } from '../src/signal.ts';

const options = z.strictObject({
  maxEntities: z
    .int()
    .min(100)
    .max(1_000_000)
    .default(20_000)
    .describe('Most entities that are known; as many that came lately are held beside them. About 2 KiB of memory each.'),
});

/**
 * Remembers hosts, pods, users, orders, volumes and versions over all groups: when each was seen, where, in which patterns
 * and with whom. Names stand in texts (words with a digit or a slash) and in fields. Stands behind `memory`, which says what
 * pattern an event is of, and in front of `rank`.
 *
 * A blip whose lines nearly all name one entity, and usually do not, goes on with it among its `fields`, beside its usual
 * share: that is what findings, episodes and messages say its lines have in common. `caducus entity NAME` tells what is
 * remembered.
 *
 * ```text
 * in     aaaaaaaaaaaaaaaaaaaav---Axxx-X|     a = lines that each name another volume, v and x = lines that name one
 *        entities()
 * out    aaaaaaaaaaaaaaaaaaaav---Axxx-Y|     A, X = blips of a and x, Y = X with that volume among its fields
 * ```
 */
export const entities = defineOperator({
  name: 'entities',
  summary: 'Remembers hosts, users, volumes and versions, and says which one a pattern is about.',
  options,
  consume: true,
  accepts: ['event', 'blip'],
  emits: ['event', 'blip'],
  changes: { maxEntities: 'view' },
  stateVersion: 1,
  machine: ({ maxEntities }): Machine<EntityMemory, EventSignal | BlipSignal, EventSignal | BlipSignal> => ({
    start: () => new EntityMemory(maxEntities),
    step(memory, signal, emit: Emit<EventSignal | BlipSignal>) {
      if (signal.kind === 'event') {
        memory.add(signal);
        emit(signal);
      } else {
        const blip = memory.tell(signal.blip);
        emit(blip === signal.blip ? signal : { ...signal, blip });
      }
    },
    save: (memory) => memory.save(),
    load: (json) => EntityMemory.load(json, maxEntities),
  }),
});
