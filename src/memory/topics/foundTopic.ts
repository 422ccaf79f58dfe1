import type { Meaning } from './leaders.ts';
import { extractMeaning } from '../text/meaning.ts';
import type { Topic } from './topic.ts';
import { startWeight } from '../classic/weights.ts';

/** What the group knows at the moment a topic or a pattern is founded. */
export interface Founding {
  time: number;
  /** Index of the window. */
  window: number;
  /** Windows the group has been watched. */
  exposure: number;
  novelty: number;
  newPerWindow: number;
}

interface Parts {
  id: string;
  born: number;
  templates: readonly string[];
  founding: Founding;
  meaning: Meaning;
  /** The weight's period that is open. */
  period: number;
}

/** A topic of which nothing has been counted yet. */
export function foundTopic({ id, born, templates, founding, meaning, period }: Parts): Topic {
  const { words, outcome } = extractMeaning(meaning.text);
  const { time } = founding;
  return {
    words,
    outcome,
    vector: meaning.vector,
    space: meaning.space,
    id,
    born,
    templates: [...templates],
    former: [],
    merged: [],
    lineage: [],
    text: meaning.text,
    ...(meaning.kept ? { kept: meaning.kept } : {}),
    first: time,
    last: time,
    total: 0,
    level: -1,
    weight: startWeight(period),
  };
}
