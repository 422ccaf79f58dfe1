import { guessOptions, type GuessOptions } from '../../../src/guesses/options.ts';
import type { EpisodeFinding } from '../../../src/signal.ts';
import type { z } from 'zod';
import { episode } from '../../support/views/viewSamples.ts';

/** Options of guesses by a server. */
export const guessing = (url: string, more: Partial<z.input<typeof guessOptions>> = {}): GuessOptions =>
  guessOptions.parse({ url, model: 'tiny', ...more });

/** An episode whose patterns, groups, lines and changes are these texts. */
export const episodeWith = (id: string, texts: readonly string[]): EpisodeFinding => ({
  ...episode,
  id,
  result: {
    ...episode.result,
    members: texts.map((label, at) => ({
      topic_id: `topic${id}${at}`,
      group_id: label,
      at: episode.since,
      state: 'new',
      count: 1,
      label,
    })),
    changes: texts.slice(0, 3).map((text) => ({ at: episode.since, text })),
    lines: texts.slice(0, 3).map((text) => ({ at: episode.since, group_id: text, text })),
  },
});
