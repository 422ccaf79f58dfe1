import type { Event } from '../../event.ts';
import type { Files } from '../../io.ts';
import { analyze as analyzeGroup, type Analysis } from '../../memory/classic/analyze.ts';
import { classicLines, noEventsLine } from '../../memory/classic/classicLines.ts';
import { sanitize } from '../../views/text/sanitize.ts';
import { makeTable, tables, writeRecord } from '../../store/folder.ts';
import { readEvents } from '../../store/reader.ts';
import { print, printJson, type CliContext } from '../shared/context.ts';
import { keepVectors } from './keepVectors.ts';

/** Analyzes a stored group, writes `analysis/topics`, `analysis/runs` and the topics' vectors, and prints. */
export async function analyzeStored(group: string, context: CliContext): Promise<void> {
  const { io, dataDir } = context;
  const events: Event[] = [];
  for await (const event of readEvents(io.files, dataDir, { group })) events.push(event);
  if (events.length === 0) {
    const nothing = noEventsLine(group);
    return context.json ? printJson(context, { run: null, topics: [], message: nothing }) : print(context, [sanitize(nothing)]);
  }
  const analysis = analyzeGroup(group, events);
  await keepAnalysis(analysis, io.files, dataDir);
  await keepVectors(analysis, context);
  return context.json ? printJson(context, analysis) : print(context, classicLines(analysis).map(sanitize));
}

/** Writes an analysis as records: `analysis/topics` and `analysis/runs` below a data folder. */
export async function keepAnalysis({ run, topics }: Analysis, files: Files, dataDir: string): Promise<void> {
  await makeTable(files, dataDir, tables.topics);
  await makeTable(files, dataDir, tables.runs);
  for (const topic of topics) await writeRecord(files, dataDir, tables.topics, topic);
  await writeRecord(files, dataDir, tables.runs, run);
}
