import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { blipOfRecord, readJudged, type Judged, type TopicRecord } from '../../memory/topics/topicRecord.ts';
import type { Mark, Radar } from '../../signal.ts';
import { explain as explainPage } from '../../views/explain/explain.ts';
import { finding as findingPage } from '../../views/finding/finding.ts';
import { readMarks } from '../../store/marks.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { knownTarget } from '../recall/known.ts';
import { pipelineFlag } from '../recall/selectionFlags.ts';

/** `caducus explain <id>`: why a pattern or a finding stands where it stands, with the evidence. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string() }),
  flags: z.strictObject(pipelineFlag),
  examples: ['caducus explain k7f2', "caducus explain k7f2 --json | jq '.blip.bits'"],
  async run({ id }, { pipeline }, context) {
    const target = await knownTarget(id, context, pipeline);
    const view = pictureStyle(context);
    if (target.kind === 'finding') {
      const { finding } = target;
      const notes = await notesOn([finding.id], context);
      return context.json ? printJson(context, { kind: 'finding', finding, notes }) : print(context, findingPage(finding, view));
    }
    const { topic, topics, recall } = target;
    const blip = target.row ?? blipOfRecord({ ...topic, judged: findEarlier(recall.radar, topic) ?? topic.judged });
    if (!blip) {
      throw new CaducusError('CAD002', {}, `${topic.label}: no window with it has closed yet`, {
        hint: `caducus context ${topic.topic_id} shows what is known of it.`,
      });
    }
    const notes = await notesOn([topic.topic_id, ...(topic.merged ?? [])], context);
    const memoryMs = measureReach(topics, recall.as_of);
    const templates = topic.members.map(({ pattern: text, count }) => ({ text, count }));
    if (context.json) {
      const { first_seen: first, last_seen: last, moves, history, count_7d: week, members } = topic;
      return printJson(context, {
        kind: 'pattern',
        of: recall.name,
        blip,
        history: { first, last, memory_ms: memoryMs, count_7d: week, parts: history, moves },
        templates: members,
        notes,
      });
    }
    return print(
      context,
      explainPage({ blip, history: { first: topic.first_seen, last: topic.last_seen, memory_ms: memoryMs }, templates, notes }, view),
    );
  },
});

/** Its line in its strongest window, when the last radar shows it as what was; null when it does not. */
function findEarlier(radar: Radar | null, { topic_id: topic, group_id: group }: TopicRecord): Judged | null {
  const was = radar?.earlier?.find((blip) => blip.topic_id === topic && blip.group_id === group);
  return was ? readJudged(was) : null;
}

/** How far back a memory reaches, milliseconds: from the first time of any pattern to its newest event. */
export function measureReach(topics: readonly TopicRecord[], asOf: string | null): number {
  const first = topics.reduce((least, { first_seen: at }) => (at < least ? at : least), asOf ?? '');
  return asOf === null || first === '' ? 0 : Math.max(0, Date.parse(asOf) - Date.parse(first));
}

/** What people said about any of these ids, oldest first. */
export async function notesOn(ids: readonly string[], { io, dataDir }: CliContext): Promise<Mark[]> {
  const { lines } = await readMarks(io.files, dataDir);
  return lines.flatMap((line) => ('mark' in line && ids.includes(line.mark.target) ? [line.mark] : []));
}
