import { compileField } from '../../kernel/template/compileTemplate.ts';
import type { Event } from '../../event.ts';
import { TemplateIndex } from '../../memory/templates/templateIndex.ts';
import { readEvent } from '../../memory/codes/readEvent.ts';
import { tokenRules } from '../../memory/scan/tokenRules.ts';
import type { TopicRecord } from '../../memory/topics/topicRecord.ts';
import { readTemplates, type Recall } from '../../store/recall.ts';
import type { CliContext } from '../shared/context.ts';

/** The templates of a group that matches only, and the ids of those that are looked for. */
interface GroupFilter {
  index: TemplateIndex;
  wanted: ReadonlySet<string>;
}

/**
 * Whether an event's text belongs to one of these topics: its group is made as the run made it, its text matched against
 * the templates the run has kept, which learn nothing from it. Groups whose templates were not kept match nothing.
 */
export function patternFilter(
  topics: readonly TopicRecord[],
  { name, by, rules }: Recall,
  { io, dataDir }: CliContext,
): (event: Event) => boolean {
  const groups = new Map<string, GroupFilter>();
  const [mask, keep] = [tokenRules(rules?.mask ?? [], 'mask'), tokenRules(rules?.keep ?? [], 'keep')];
  for (const { group_id: group, template_ids: ids } of topics) {
    const known = groups.get(group);
    if (known) groups.set(group, { ...known, wanted: new Set([...known.wanted, ...ids]) });
    else {
      const saved = readTemplates(io.files, dataDir, name, group);
      if (saved === null) continue;
      const index = new TemplateIndex({ group, freeze: true, mask, keep });
      index.load(saved);
      groups.set(group, { index, wanted: new Set(ids) });
    }
  }
  const readKey = compileField(by);
  return (event) => {
    const key = readKey(event);
    const filter = typeof key === 'string' ? groups.get(key) : undefined;
    const template = filter?.index.learn(event.text, 0, event.id, readEvent(event));
    return template !== null && template !== undefined && filter!.wanted.has(template.id);
  };
}
