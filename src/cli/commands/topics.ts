import { z } from 'zod';
import { currentState, findWindow } from '../../memory/topics/currentState.ts';
import type { TopicRecord } from '../../memory/topics/topicRecord.ts';
import { runToEnd } from '../../run/openRun.ts';
import { lineageTable, type LineageRow } from '../../views/tables/lineageTable.ts';
import { notHeld } from '../../views/summary/notHeld.ts';
import { topicsTable } from '../../views/tables/topicsTable.ts';
import type { Source } from '../../sources/source.ts';
import { store } from '../../sources/store.ts';
import { ofStore, readRecall, readTopics } from '../../store/recall.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { lastKnown, lastKnownOrNone, type Known } from '../recall/known.ts';
import { openReading } from '../recall/storeReading.ts';
import { rateStates } from '../recall/selectionFlags.ts';
import { choice, on, text } from '../shared/flags.ts';
import { chooseWindow } from '../shared/chooseWindow.ts';
import { storeSpan } from '../shared/storeSpan.ts';
import { buildPipeline, radarOperators, sourceNode } from '../shared/pipelineNodes.ts';
import { knownUntil, inState } from '../recall/states.ts';

/** `caducus topics`: every pattern that is known, by group, the most frequent first: of the store, else of the run that wrote last. */
export const command = defineCommand({
  flags: z.strictObject({
    group: text('id', 'of this group'),
    state: choice('state', rateStates, 'that are now new, returning, rising, falling, gone or steady'),
    lineage: on('what became one with what, and when, newest first'),
    pipeline: text('name', 'of what this pipeline knows'),
  }),
  examples: ["caducus topics --group 'hdfs-demo:DataNode'", 'caducus topics --state new --json', 'caducus topics --lineage'],
  async run(_args, { group, state, lineage, pipeline: name }, context) {
    const known = name === undefined ? ((await learnStore(context)) ?? (await lastKnownOrNone(context))) : await lastKnown(context, name);
    if (known === null) return context.json ? printJson(context, []) : print(context, topicsTable([], pictureStyle(context)));
    const [end, length] = [knownUntil(known), findWindow(known.topics)];
    const rows = (state === undefined ? known.topics : inState(known, state))
      .filter((topic) => group === undefined || topic.group_id === group)
      .toSorted(byGroup)
      .map((topic) => ({ ...topic, state: currentState(topic, end, length) }));
    const view = pictureStyle(context);
    if (lineage) {
      const lines = listLineage(rows);
      return context.json ? printJson(context, lines) : print(context, lineageTable(lines, view));
    }
    return context.json ? printJson(context, rows) : print(context, [...topicsTable(rows, view), ...notHeld(known.recall.counts, view)]);
  },
});

/** What went into the topics, newest first. */
function listLineage(topics: readonly TopicRecord[]): LineageRow[] {
  const rows = topics.flatMap(({ topic_id, label, lineage = [] }) => lineage.map((one) => ({ ...one, topic_id, label })));
  return rows.toSorted((a, b) => (a.at > b.at ? -1 : a.at < b.at ? 1 : 0));
}

/** What is in the store, learned from its first event to its last, and kept for `explain`; null when it is empty. */
async function learnStore(context: CliContext): Promise<Known | null> {
  const { io, dataDir, stop } = context;
  const asked = { by: 'group_id', top: 8, early: 0 };
  const reading = await openReading(asked, context);
  if (!reading.kept) {
    const { first, last } = await storeSpan(io.files, dataDir);
    const window = chooseWindow(first, last);
    const sources = [sourceNode('store', store as Source, { path: dataDir })];
    const pipeline = buildPipeline('topics', { sources, operators: radarOperators({ ...asked, window }), sinks: [] });
    const report = await runToEnd(pipeline, { mode: 'once', recall: { name: ofStore }, io, dataDir, stop, observe: reading.see });
    if (report.patterns === 0) return null;
    reading.keep(report, window);
  }
  return { recall: readRecall(io.files, dataDir, ofStore)!, topics: readTopics(io.files, dataDir, ofStore) };
}

const byGroup = (a: TopicRecord, b: TopicRecord): number =>
  a.group_id < b.group_id ? -1 : a.group_id > b.group_id ? 1 : b.total - a.total || (a.topic_id < b.topic_id ? -1 : 1);
