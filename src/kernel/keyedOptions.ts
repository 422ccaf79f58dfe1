import { z } from 'zod';
import { duration } from '../../config/scalars.ts';
import type { OptionClasses } from './optionChange.ts';

/** Options of every keyed operator; spread them into its strict object. */
export const keyedOptions = {
  maxGroups: z.int().min(1).default(10_000).describe('Most keys held in memory at once.'),
  idleExpiry: duration.optional().describe('Event time without a signal after which a key leaves memory; never when left out.'),
};

/** Their classes: how many states are held, and how long, says nothing about what they mean. */
export const keyedChanges = { maxGroups: 'view', idleExpiry: 'view' } as const satisfies OptionClasses;
