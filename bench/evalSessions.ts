import { readFileSync } from 'node:fs';
import { from } from 'rxjs';
import { sessions } from '../operators/sessions.ts';
import { toIso } from '../src/event.ts';
import type { EventSignal, SessionSignal } from '../src/signal.ts';
import { averagePrecision, bestF1, detectionAt } from './support/detection.ts';
import { LackingData, sayWhatLacks } from './support/data/lackingData.ts';

/**
 * `npm run eval:sessions -- <sessions.tsv> [--json]`
 *
 * Runs the operator `sessions` with its defaults over whole sessions (columns id, label and events, the patterns of a
 * session in order; 1 = anomalous) and compares what it finds unusual with the labels. Each session is judged as it
 * closes, before it is learned, in the order of the file; labels are read only afterwards.
 */
sayWhatLacks();
const args = process.argv.slice(2).filter((arg) => arg !== '--json');
const [path] = args;
if (path === undefined) {
  console.error('usage: npm run eval:sessions -- <sessions.tsv> [--json]');
  process.exit(64);
}

const [header, ...rows] = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => line.split('\t'));
const [id, label, events] = ['id', 'label', 'events'].map((name) => header?.indexOf(name) ?? -1) as [number, number, number];
if (Math.min(id, label, events) < 0) throw new LackingData(`${path} has no columns id, label and events, separated by tabs`);

/** One session after the other, an hour apart; events of a session a millisecond apart. The first begins after the input did. */
function* signals(): Generator<EventSignal> {
  let time = Date.UTC(2020, 0, 1);
  yield event('begin', 'begin', time);
  for (const row of rows) {
    time += 3_600_000;
    for (const [at, pattern] of row[events]!.split(' ').entries()) yield event(row[id]!, pattern, time + at);
  }
  // Time goes on until the last has closed.
  yield event('end', 'end', time + 3_600_000);
}

function event(session: string, pattern: string, time: number): EventSignal {
  const record = {
    id: `${session}-${time}`,
    timestamp: toIso(time),
    source: 'eval',
    group_id: 'eval',
    text: pattern,
    metadata: { session, pattern },
  };
  return { kind: 'event', time, key: '', event: record };
}

const judged = new Map<string, number>();
let threshold = 0;
from(signals())
  .pipe(sessions({ by: 'metadata.session', pattern: 'metadata.pattern', record: 'all', minSessions: 1 }))
  .subscribe((signal) => {
    if ((signal as { kind: string }).kind !== 'session') return;
    const { session } = signal as SessionSignal;
    judged.set(session.entity, session.bits);
    threshold = session.threshold;
  });

const scored = rows.map((row) => ({ score: judged.get(row[id]!) ?? Number.NaN, positive: row[label] === '1' }));
const lost = scored.filter(({ score }) => Number.isNaN(score)).length;
if (lost > 0) throw new Error(`${lost} of ${rows.length} sessions were not judged`);
const best = bestF1(scored);
const result = {
  sessions: rows.length,
  anomalous: scored.filter(({ positive }) => positive).length,
  threshold,
  ...detectionAt(scored, threshold),
  averagePrecision: averagePrecision(scored),
  bestF1: best.f1,
  bestThreshold: best.threshold,
};

if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else {
  const share = (value: number) => value.toFixed(3);
  console.log(`${result.sessions} sessions, ${result.anomalous} anomalous`);
  console.log(
    `at ${threshold.toFixed(1)} bits   precision ${share(result.precision)}  recall ${share(result.recall)}  F1 ${share(result.f1)}   ${result.hits} of ${result.flagged} flagged`,
  );
  console.log(`any order     average precision ${share(result.averagePrecision)}`);
  console.log(`ceiling       best F1 of any threshold ${share(result.bestF1)}, at ${result.bestThreshold.toFixed(1)} bits`);
}
