import type { Blip } from '../signal.ts';
import { Run } from '../pipeline/run.ts';
import { topicsTable } from '../sinks/views/topicsTable.ts';
import type { Source } from '../sources/source.ts';
import { store } from '../sources/store.ts';
import { pictureStyle, print, printJson } from './context.ts';
import { peekWindow } from './peekWindow.ts';
import { pipelineOf, radarOperators, sourceNode } from './pipelineOf.ts';
import type { CommandBody } from './commandBody.ts';

/** `caducus topics`: every pattern of the store, by group, the most frequent first. */
export const topics: CommandBody = async (_args, flags, context) => {
  const group = typeof flags['group'] === 'string' ? { group: flags['group'] } : {};
  const sources = [sourceNode('store', store as Source, { path: context.dataDir, ...group })];
  const latest = new Map<string, Blip>();
  const pipeline = pipelineOf('topics', {
    sources,
    operators: radarOperators({ by: 'group_id', window: await peekWindow(sources, context), top: 1 }).slice(0, 2),
    sinks: [],
  });
  await new Run(pipeline, {
    io: context.io,
    dataDir: context.dataDir,
    stop: context.stop,
    observe: (signal) => void (signal.kind === 'blip' && latest.set(`${signal.blip.group_id}\0${signal.blip.topic_id}`, signal.blip)),
  }).execute();
  const rows = [...latest.values()]
    .map(({ topic_id, group_id, label, total, weight, tier, temporal, first_seen, last_seen }) => ({ topic_id, group_id, label, total, weight, tier, temporal, first_seen, last_seen }))
    .toSorted((a, b) => (a.group_id < b.group_id ? -1 : a.group_id > b.group_id ? 1 : b.total - a.total || (a.topic_id < b.topic_id ? -1 : 1)));
  if (context.json) return printJson(context, rows);
  return print(context, topicsTable(rows, pictureStyle(context)));
};
