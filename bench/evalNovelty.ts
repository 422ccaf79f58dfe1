import { readFileSync } from 'node:fs';
import type { Event } from '../src/event.ts';
import { GROUP_THRESHOLD, GroupSurprise } from '../src/memory/groupSurprise.ts';
import { TemplateIndex } from '../src/memory/templates/templateIndex.ts';
import { averagePrecision, bestF1, detectionAt } from './support/detection.ts';

/**
 * `npm run eval:novelty -- <events.ndjson> <truth.tsv> [--json]`
 *
 * Scores each group of a stream by its surprise and compares with the truth (columns id and label, 1 = anomalous; a
 * group is anomalous when one of its events is). Prequential: every event is scored before it is learned, and labels
 * are read only afterwards.
 */
const args = process.argv.slice(2).filter((arg) => arg !== '--json');
const [streamPath, truthPath] = args;
if (streamPath === undefined || truthPath === undefined) {
  console.error('usage: npm run eval:novelty -- <events.ndjson> <truth.tsv> [--json]');
  process.exit(64);
}

const events = linesOf(streamPath).map((line) => JSON.parse(line) as Event);
const surprise = new GroupSurprise();
const index = new TemplateIndex({ group: 'stream' });
for (const event of events) {
  const template = index.learn(event.text, Date.parse(event.timestamp), event.id);
  if (template) surprise.observe(event.group_id, template.id);
}

const anomalous = anomalousIds(truthPath);
const positiveGroups = new Set(events.filter(({ id }) => anomalous.has(id)).map(({ group_id }) => group_id));
const groups = [...new Set(events.map(({ group_id }) => group_id))];
const scored = groups.map((group) => ({ score: surprise.bitsOf(group), positive: positiveGroups.has(group) }));
const detection = detectionAt(scored, GROUP_THRESHOLD);
const best = bestF1(scored);
const result = {
  events: events.length,
  groups: groups.length,
  anomalous: positiveGroups.size,
  threshold: GROUP_THRESHOLD,
  ...detection,
  averagePrecision: averagePrecision(scored),
  chance: positiveGroups.size / groups.length,
  bestF1: best.f1,
  bestThreshold: best.threshold,
};
print(process.argv.includes('--json'));

function linesOf(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function anomalousIds(path: string): Set<string> {
  const [header, ...rows] = linesOf(path).map((line) => line.split('\t'));
  const [id, label] = [header!.indexOf('id'), header!.indexOf('label')];
  return new Set(rows.filter((row) => row[label] === '1').map((row) => row[id]!));
}

function print(json: boolean): void {
  if (json) {
    console.log(JSON.stringify(result));
    return;
  }
  const share = (value: number) => value.toFixed(3);
  console.log(`${result.events} events, ${result.groups} groups, ${result.anomalous} anomalous`);
  console.log(
    `at ${result.threshold.toFixed(1)} bits   precision ${share(result.precision)}  recall ${share(result.recall)}  F1 ${share(result.f1)}   ${result.hits} of ${result.flagged} flagged`,
  );
  console.log(`any order      average precision ${share(result.averagePrecision)}   by chance ${share(result.chance)}`);
  console.log(`ceiling        best F1 of any threshold ${share(result.bestF1)}, at ${result.bestThreshold.toFixed(1)} bits`);
}
