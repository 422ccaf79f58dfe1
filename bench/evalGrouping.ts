import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { LEXICAL_THRESHOLD } from '../src/memory/text/lexical.ts';
import type { Template } from '../src/memory/templates/templateIndex.ts';
import { GroupTopics } from '../src/memory/topics/groupTopics.ts';
import { groupingScores, type GroupingScores } from './support/groupingScores.ts';
import { readMessages, toRawLine } from './support/rawLines.ts';
import { toStatement } from './support/toStatement.ts';
import { shuffled } from './support/shuffled.ts';
import { LackingData, sayWhatLacks } from './support/data/lackingData.ts';

/**
 * Scores the template engine on labelled lines: every `*_2k.log_structured.csv` of a folder, default settings.
 *
 *   npm run eval:grouping -- FOLDER [--json] [--shuffle SEED] [--raw]
 *
 * Lines go in in file order (or shuffled); merges are resolved after the last, and the scores of the ids as they were
 * emitted stand beside. `--raw` puts the header
 * back before each message and lets the `lines` format find it, `--json` prints the figures as one object. Templates
 * that differ in the class of a code only count as one (see `toStatement`).
 */
/** As `memory` has them by default, but for time, which here is the number of the line. */
const topicOptions = {
  windowMs: 1e9,
  earlyMs: 0,
  warmupMs: 0,
  periodMs: 1e9,
  halfLifeMs: 1e9,
  similarityThreshold: LEXICAL_THRESHOLD,
  maxTemplates: 4096,
  maxTopics: 4096,
  lexical: true,
};
const SUFFIX = '_2k.log_structured.csv';

interface Row {
  Content: string;
  EventId: string;
  [column: string]: string;
}

interface FileScores extends GroupingScores {
  name: string;
  lines: number;
  linesPerSecond: number;
  /** With each line under the id it was given when it came, before later merges. */
  emitted: GroupingScores;
  /** GA and FGA with each line under the topic of its template: a fold that should not be costs here. */
  topicGA: number;
  topicFGA: number;
}

type Average = Omit<FileScores, 'name' | 'lines' | 'linesPerSecond'>;

function evaluate(folder: string, file: string, seed: number | null, raw: boolean): FileScores {
  const name = file.slice(0, -SUFFIX.length);
  let rows: Row[] = parse(readFileSync(join(folder, file)), { columns: true, bom: true });
  if (seed !== null) rows = shuffled(rows, seed);
  const texts = raw ? readMessages(rows.map((row) => toRawLine(name, row))) : rows.map((row) => row.Content);
  const known = new GroupTopics(name, topicOptions);
  const { index } = known;
  const began = performance.now();
  const learned = texts.map((text, i) => {
    const template = learn(known, text, i);
    return { id: template.id, statement: toStatement(template) };
  });
  const seconds = (performance.now() - began) / 1000;
  const predicted = learned.map(({ id }) => toStatement(index.get(id)!));
  const emitted = learned.map(({ statement }) => statement);
  const truth = rows.map((row) => row.EventId);
  known.settle();
  // A statement has one topic, that of the first of its templates.
  const topicOf = new Map<string, string>();
  learned.forEach(({ id }, i) => {
    if (!topicOf.has(predicted[i]!)) topicOf.set(predicted[i]!, known.topics.byTemplate.get(index.get(id)!.id)!.id);
  });
  const topics = groupingScores(
    truth,
    predicted.map((statement) => topicOf.get(statement)!),
  );
  return {
    name,
    lines: rows.length,
    ...groupingScores(truth, predicted),
    emitted: groupingScores(truth, emitted),
    topicGA: topics.GA,
    topicFGA: topics.FGA,
    linesPerSecond: Math.round(rows.length / seconds),
  };
}

/** Learns a line and gives its template a topic. */
function learn(known: GroupTopics, text: string, i: number): Template {
  const template = known.index.learn(text, i, String(i))!;
  if (!known.topics.byTemplate.has(template.id))
    known.assign(template, () => ({ time: i, window: 0, exposure: 0, novelty: 0, newPerWindow: 0 }));
  return template;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function averageScores(files: readonly GroupingScores[]): GroupingScores {
  return { GA: mean(files.map(({ GA }) => GA)), FGA: mean(files.map(({ FGA }) => FGA)), PF1: mean(files.map(({ PF1 }) => PF1)) };
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, shuffle: { type: 'string' }, raw: { type: 'boolean', default: false } },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error(`usage: npm run eval:grouping -- <folder with *${SUFFIX}> [--json] [--shuffle SEED] [--raw]`);
    process.exitCode = 64;
    return;
  }
  const names = readdirSync(folder)
    .filter((f) => f.endsWith(SUFFIX))
    .sort();
  if (names.length === 0) throw new LackingData(`${folder} holds no *${SUFFIX}`);
  const seed = values.shuffle === undefined ? null : Number(values.shuffle);
  const files = names.map((file) => evaluate(folder, file, seed, values.raw));
  const average = {
    ...averageScores(files),
    emitted: averageScores(files.map(({ emitted }) => emitted)),
    topicGA: mean(files.map(({ topicGA }) => topicGA)),
    topicFGA: mean(files.map(({ topicFGA }) => topicFGA)),
  };
  if (values.json) console.log(JSON.stringify({ files, average }, null, 2));
  else print(files, average);
}

function print(files: readonly FileScores[], average: Average): void {
  const figures = ({ GA, FGA, PF1 }: GroupingScores): string => [GA, FGA, PF1].map((x) => x.toFixed(4)).join('  ');
  console.log('system            GA     FGA     PF1   as emitted:  GA     FGA     PF1   topics:  GA     FGA   lines/s');
  const topics = ({ topicGA, topicFGA }: Average): string => [topicGA, topicFGA].map((x) => x.toFixed(4)).join('  ');
  for (const f of files)
    console.log(
      `${f.name.padEnd(14)}${figures(f)}            ${figures(f.emitted)}        ${topics(f)}  ${String(f.linesPerSecond).padStart(8)}`,
    );
  console.log(`${'average'.padEnd(14)}${figures(average)}            ${figures(average.emitted)}        ${topics(average)}`);
}

sayWhatLacks();
main();
