/**
 * Whether the program has become slower than the last release: builds both, runs both in turn over the same files, and fails
 * (exit 1) where a kind of work takes more than 15 % more processor time in the median of the rounds.
 *
 *     npm run bench:guard -- [--against COMMIT] [--events 200000] [--rounds 5] [--slower 0.15]
 *
 * Without a release before this commit there is nothing to hold it against, and nothing fails.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lineKinds } from './suite/lineKinds.ts';
import { bundle, buildAt, lastRelease, removeBuild } from './support/guard/buildAt.ts';
import { judgeSpeed, type Rounds } from './support/guard/judgeSpeed.ts';
import { makeEvents } from './support/makeEvents.ts';
import { timedProgram } from './support/timedProgram.ts';

const { values } = parseArgs({
  options: {
    against: { type: 'string' },
    events: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '5' },
    slower: { type: 'string', default: '0.15' },
  },
});
const [events, rounds, mostSlower] = [Number(values.events), Number(values.rounds), Number(values.slower)];
const commit = values.against ?? lastRelease();
if (commit === null) {
  console.log('There is no release before this commit: nothing to compare with.  --against COMMIT names one.');
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'caducus-guard-'));
const older = join(folder, 'before');

const pipeline = (input: string, format: string, select: string) => `name: guard
sources: { in: { file: { path: "${input}", format: ${format} } } }
operators: [normalize: {}, group_by: { key: group_id }, memory: { window: 1m }, rank: { top: 8 }]
sinks: { out: { ndjson: { path: "OUTPUT", select: [${select}] } } }
`;

try {
  const [ndjson, raw] = [join(folder, 'events.ndjson'), join(folder, 'hdfs.log')];
  await makeEvents(ndjson, events);
  writeFileSync(raw, Array.from({ length: events }, (_, i) => `${lineKinds['HDFS lines']!.line(i)}\n`).join(''));
  const works: [string, string][] = [
    ['events to blips', pipeline(ndjson, 'ndjson', 'blip, radar')],
    ['every event written too', pipeline(ndjson, 'ndjson', 'event, blip, radar')],
    ['raw HDFS lines to blips', pipeline(raw, 'lines', 'blip, radar')],
  ];
  const programs = { before: buildAt(commit, older), now: bundle('.') };
  const measured: Rounds[] = [];
  let run = 0;
  for (const [what, text] of works) {
    const seconds = { before: [] as number[], now: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      // In turn, the other one first each time: a machine that grows slow or fast hurts and helps both.
      for (const which of round % 2 === 0 ? (['before', 'now'] as const) : (['now', 'before'] as const)) {
        const data = join(folder, `run-${(run += 1)}`);
        const file = `${data}.yaml`;
        writeFileSync(file, text.replace('OUTPUT', `${data}.out.ndjson`));
        seconds[which].push(timedProgram(programs[which], ['run', file, '--quiet', '--data-dir', data], folder).cpuSeconds);
        rmSync(data, { recursive: true, force: true });
        rmSync(`${data}.out.ndjson`, { force: true });
      }
    }
    measured.push({ what, ...seconds });
  }
  const judged = judgeSpeed(measured, mostSlower);
  console.log(`Against ${commit}, ${events} events, ${rounds} rounds; above 1 is slower.`);
  console.table(judged);
  if (judged.some(({ slower }) => slower)) process.exitCode = 1;
} finally {
  if (existsSync(older)) removeBuild(older);
  rmSync(folder, { recursive: true, force: true });
}
