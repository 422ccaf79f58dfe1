import type { Event } from '../../event.ts';
import type { Files } from '../../io.ts';
import { analyze as analyzeGroup, type Analysis } from '../../memory/classic/analyze.ts';
import { classicLines, noEventsLine } from '../../memory/classic/classicLines.ts';
import { sanitize } from '../../views/text/sanitize.ts';
import { makeTable, tables, writeRecord } from '../../store/folder.ts';
import { configHash } from '../../run/checkpoint/configHash.ts';
import { keepAnalyzed, readAnalysis } from '../../store/keptAnalysis.ts';
import { stampStore } from '../../store/stampStore.ts';
import { readEvents } from '../../store/reader.ts';
import { print, printJson, type CliContext } from '../shared/context.ts';
import { keepVectors } from './keepVectors.ts';
import { orUnkept } from './orUnkept.ts';

/** Analyzes a stored group, writes `analysis/topics`, `analysis/runs` and the topics' vectors, and prints. */
export async function analyzeStored(group: string, context: CliContext): Promise<void> {
  const analysis = await findAnalysis(group, context);
  if (analysis === null) {
    const nothing = noEventsLine(group);
    return context.json ? printJson(context, { run: null, topics: [], message: nothing }) : print(context, [sanitize(nothing)]);
  }
  await keepAnalysis(analysis, context.io.files, context.dataDir);
  await keepVectors(analysis, context);
  return context.json ? printJson(context, analysis) : print(context, classicLines(analysis).map(sanitize));
}

/** The analysis of a group, as it was kept where the store has not changed since; null without events. */
async function findAnalysis(group: string, { io, dataDir, program }: CliContext): Promise<Analysis | null> {
  const question = program && configHash('analysis', { program, stamp: await stampStore(io.files, dataDir) });
  const kept = question && readAnalysis(io.files, dataDir, group, question);
  if (kept) return kept;
  const events: Event[] = [];
  for await (const event of readEvents(io.files, dataDir, { group })) events.push(event);
  if (events.length === 0) return null;
  const analysis = analyzeGroup(group, events);
  if (question) orUnkept(() => keepAnalyzed(io.files, dataDir, group, question, analysis));
  return analysis;
}

/** Writes an analysis as records: `analysis/topics` and `analysis/runs` below a data folder. */
export async function keepAnalysis({ run, topics }: Analysis, files: Files, dataDir: string): Promise<void> {
  await makeTable(files, dataDir, tables.topics);
  await makeTable(files, dataDir, tables.runs);
  for (const topic of topics) await writeRecord(files, dataDir, tables.topics, topic);
  await writeRecord(files, dataDir, tables.runs, run);
}
