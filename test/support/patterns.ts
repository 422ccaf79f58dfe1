import { DAY } from '../../src/memory/classic/weights.ts';
import { foundPattern } from '../../src/memory/patterns/foundPattern.ts';
import type { Pattern } from '../../src/memory/patterns/pattern.ts';
import type { Founding } from '../../src/memory/topics/foundTopic.ts';
import { Topics } from '../../src/memory/topics/topics.ts';

/** A pattern of its own topic of which nothing has been counted. */
export function patternNamed(template: string, text: string, founding: Founding, born = 0): Pattern {
  const topics = new Topics({ similarityThreshold: 0.8, lexical: true, periodMs: DAY, maxTombstones: 9 });
  const { topic, arrival } = topics.assign(template, text, founding);
  return { ...foundPattern({ template, text, topic, arrival }, founding), born };
}
