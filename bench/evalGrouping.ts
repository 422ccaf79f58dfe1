import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { TemplateIndex } from '../src/memory/templates/templateIndex.ts';
import { groupingScores, type GroupingScores } from './support/groupingScores.ts';
import { messagesOf, rawLineOf } from './support/rawLines.ts';
import { statementOf } from './support/statementOf.ts';
import { shuffled } from './support/shuffled.ts';

/**
 * Scores the template engine on labelled lines: every `*_2k.log_structured.csv` of a folder, default settings.
 *
 *   npm run eval:grouping -- FOLDER [--json] [--shuffle SEED] [--raw]
 *
 * Lines go in in file order (or shuffled); merges are resolved after the last, and the scores of the ids as they were
 * emitted stand beside. `--raw` puts the header
 * back before each message and lets the `lines` format find it, `--json` prints the figures as one object. Templates
 * that differ in the class of a code only count as one (see `statementOf`).
 */
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
}

function evaluate(folder: string, file: string, seed: number | null, raw: boolean): FileScores {
  const name = file.slice(0, -SUFFIX.length);
  let rows: Row[] = parse(readFileSync(join(folder, file)), { columns: true, bom: true });
  if (seed !== null) rows = shuffled(rows, seed);
  const texts = raw ? messagesOf(rows.map((row) => rawLineOf(name, row))) : rows.map((row) => row.Content);
  const index = new TemplateIndex({ group: name });
  const began = performance.now();
  const learned = texts.map((text, i) => {
    const template = index.learn(text, i, String(i))!;
    return { id: template.id, statement: statementOf(template) };
  });
  const seconds = (performance.now() - began) / 1000;
  const predicted = learned.map(({ id }) => statementOf(index.get(id)!));
  const emitted = learned.map(({ statement }) => statement);
  const truth = rows.map((row) => row.EventId);
  return {
    name,
    lines: rows.length,
    ...groupingScores(truth, predicted),
    emitted: groupingScores(truth, emitted),
    linesPerSecond: Math.round(rows.length / seconds),
  };
}

function averageOf(files: readonly GroupingScores[]): GroupingScores {
  const mean = (key: keyof GroupingScores): number => files.reduce((sum, f) => sum + f[key], 0) / files.length;
  return { GA: mean('GA'), FGA: mean('FGA'), PF1: mean('PF1') };
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, shuffle: { type: 'string' }, raw: { type: 'boolean', default: false } },
  });
  const [folder] = positionals;
  const names =
    folder === undefined
      ? []
      : readdirSync(folder)
          .filter((f) => f.endsWith(SUFFIX))
          .sort();
  if (folder === undefined || names.length === 0) {
    console.error(`usage: npm run eval:grouping -- <folder with *${SUFFIX}> [--json] [--shuffle SEED] [--raw]`);
    process.exitCode = 64;
    return;
  }
  const seed = values.shuffle === undefined ? null : Number(values.shuffle);
  const files = names.map((file) => evaluate(folder, file, seed, values.raw));
  const average = { ...averageOf(files), emitted: averageOf(files.map(({ emitted }) => emitted)) };
  if (values.json) console.log(JSON.stringify({ files, average }, null, 2));
  else print(files, average);
}

function print(files: readonly FileScores[], average: Pick<FileScores, keyof GroupingScores | 'emitted'>): void {
  const figures = ({ GA, FGA, PF1 }: GroupingScores): string => [GA, FGA, PF1].map((x) => x.toFixed(4)).join('  ');
  console.log('system            GA     FGA     PF1   as emitted:  GA     FGA     PF1   lines/s');
  for (const f of files)
    console.log(`${f.name.padEnd(14)}${figures(f)}            ${figures(f.emitted)}  ${String(f.linesPerSecond).padStart(8)}`);
  console.log(`${'average'.padEnd(14)}${figures(average)}            ${figures(average.emitted)}`);
}

main();
