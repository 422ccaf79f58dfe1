import { DAY } from '../../../src/memory/classic/weights.ts';
import type { Circumstances } from '../../../src/memory/judge/judge.ts';
import { foundPattern } from '../../../src/memory/patterns/foundPattern.ts';
import { countLine, foldWindow } from '../../../src/memory/patterns/patternHistory.ts';
import type { Pattern } from '../../../src/memory/patterns/pattern.ts';
import type { Founding } from '../../../src/memory/topics/foundTopic.ts';
import { Topics } from '../../../src/memory/topics/topics.ts';
import { openCell, type Cell } from '../../../src/memory/windows/window.ts';

/** A pattern of its own topic of which nothing has been counted. */
export function patternNamed(template: string, text: string, founding: Founding, born = 0): Pattern {
  const topics = new Topics({ similarityThreshold: 0.8, lexical: true, periodMs: DAY, maxTombstones: 9 });
  const { topic, arrival } = topics.assign(template, text, founding);
  return { ...foundPattern({ template, text, topic, arrival }, founding), born };
}

/** In windows. */
export const HALF_LIFE = 288;
export const WINDOW = 300_000;

let made = 0;

/** A pattern of five bits of novelty that had so many lines in each window, from window 0 on. */
export function patternWith(counts: readonly number[], text = `text${(made += 1)} of some kind`): Pattern {
  const pattern = patternNamed(`t${made}`, text, { time: 0, window: 0, exposure: 0, novelty: 5, newPerWindow: 0 });
  counts.forEach((n, i) => {
    for (let k = 0; k < n; k++) countLine(pattern, (i + (k + 0.5) / n) * WINDOW, -1);
    foldWindow(pattern, i, n, 1, HALF_LIFE);
  });
  return pattern;
}

/** The whole of a closed window in a group of INFO lines. */
export const inWindow = (index: number, more: Partial<Circumstances> = {}): Circumstances => ({
  windowMs: WINDOW,
  index,
  now: (index + 1) * WINDOW,
  asOf: (index + 1) * WINDOW,
  exposure: 1,
  open: false,
  traffic: null,
  levels: [0, 0, 0, 1000, 0, 0, 0],
  ...more,
});

/** What a window holds of a pattern that came evenly: a line a minute at most. */
export const cellOf = (count: number, index: number, level = 2): Cell => ({
  ...openCell(index * WINDOW, 1),
  count,
  level,
  peak: 1,
  last: (index + 1) * WINDOW,
});
