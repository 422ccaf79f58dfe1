import { z } from 'zod';
import { byteSize, duration } from '../../config/scalars.ts';
import type { OptionClasses } from './optionChange.ts';

/** Options of every keyed operator; spread them into its strict object. */
export const keyedOptions = {
  maxGroups: z.int().min(1).default(10_000).describe('Most keys held in memory at once.'),
  idleExpiry: duration.optional().describe('Event time without a signal after which a key leaves memory; never when left out.'),
};

/** Of operators that fold keys beyond their bound into `others`: bytes as the machine estimates them, and a number only where one is wanted. */
export const foldedOptions = (maxBytes: string) => ({
  maxBytes: byteSize
    .prefault(maxBytes)
    .describe('About how much the states of all keys may hold; keys beyond it share one state, `others`, until they come often.'),
  maxGroups: z.int().min(1).optional().describe('Most keys with a state of their own; no number but max_bytes when left out.'),
  idleExpiry: keyedOptions.idleExpiry,
});

/** What the kernel reads of the options of a keyed operator. */
export interface KeyedOptions {
  maxGroups?: number | undefined;
  maxBytes?: number | undefined;
  idleExpiry?: number | undefined;
}

/** Their classes: how many states are held, and how long, says nothing about what they mean. */
export const keyedChanges = { maxGroups: 'view', idleExpiry: 'view' } as const satisfies OptionClasses;
export const foldedChanges = { ...keyedChanges, maxBytes: 'view' } as const satisfies OptionClasses;
