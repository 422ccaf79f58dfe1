import type { z } from 'zod';
import type { RateState } from '../../signal.ts';
import { choice, text } from '../shared/flags.ts';

/** What a pattern can be now. */
export const rateStates = ['new', 'returning', 'rising', 'rare', 'falling', 'gone', 'steady'] as const satisfies readonly RateState[];

export const pipelineFlag = { pipeline: text('name', 'of what this pipeline knows (default: the run that wrote last)') };

/** The flags that say which events are meant. */
export const selectionFlags = {
  group: text('id', 'of this group'),
  pattern: text('id', 'that belong to the pattern, or the pattern of the finding, whose id begins so'),
  state: choice('state', rateStates, 'whose pattern is now new, returning, rising, falling, gone or steady'),
  ...pipelineFlag,
  since: text('time', 'not before this time (ISO 8601, 03:05Z, or -1h)'),
  until: text('time', 'before this time'),
  grep: text('pattern', 'whose text matches (RE2 syntax)'),
};

/** Which events are meant, and at most how many. */
export type Selection = z.output<z.ZodObject<typeof selectionFlags>> & { limit?: number | undefined };
