import type { Json } from '../../event.ts';
import { saveTopic, type Topic } from './topic.ts';
import type { Topics } from './topics.ts';
import { mergeTotals } from './topicTotals.ts';

/** A template as it is folded anew, with what was counted of it: event times in milliseconds, worst level as an index. */
export type Member = Pick<Topic, 'first' | 'last' | 'total' | 'level'> & { template: string; text: string; kept: string };

/**
 * Saved topics in which templates are folded anew, in the order in which they are given: each joins the topic that it is
 * near to by now, in `fresh`, or founds one. A topic whose founding template founds again keeps its id, its weight and what
 * went into it; one that is founded out of another begins with that one's weight.
 */
export function refoldTopics(before: Topics, fresh: Topics, members: readonly Member[]): Json {
  const ids = new Map<Topic, string>();
  for (const { template, text, kept, ...counted } of members) {
    const was = before.byTemplate.get(template)!;
    const founding = { time: counted.first, window: 0, exposure: 0, novelty: 0, newPerWindow: 0 };
    const { topic, arrival } = fresh.assign(template, text, founding, kept);
    if (arrival !== 'founds') {
      mergeTotals(topic, { ...was, ...counted });
      continue;
    }
    Object.assign(topic, counted, { weight: { ...was.weight } });
    if (was.templates[0] !== template) continue;
    ids.set(topic, was.id);
    const { merged, lineage, former, back } = was;
    Object.assign(topic, { merged, lineage, former, ...(back && { back }) });
  }
  const topics = [...fresh.all()].map((topic) => saveTopic({ ...topic, id: ids.get(topic) ?? topic.id }));
  return { ...(before.save() as object), born: topics.length, topics };
}
