import { compile } from '../src/run/entry.ts';
import { cases, type OnCallCase } from './support/oncall/cases.ts';
import { playLines } from './support/oncall/playLines.ts';

/**
 * Plays incidents and quiet weeks of small services into a pipeline, and says of each what must be told and what was.
 *
 *   npm run eval:oncall -- [--seeds N | --seed N] [--case NAME ...] [--list] [--pipeline FILE]      20 seeds of all cases
 *
 * Counted are messages that begin something, as a sink that sends would begin them. `--list` names them.
 */
function values(name: string): string[] {
  return process.argv.flatMap((word, i) => (word === name ? [process.argv[i + 1]!] : []));
}

async function main(): Promise<void> {
  const pipeline = values('--pipeline')[0] ?? new URL('support/oncall/oncall.yaml', import.meta.url).pathname;
  const [only] = values('--seed');
  const seeds = only === undefined ? Array.from({ length: Number(values('--seeds')[0] ?? 20) }, (_, i) => i + 1) : [Number(only)];
  const names = values('--case');
  const unknown = names.filter((name) => !cases.some((one) => one.name === name));
  if (unknown.length > 0 || seeds.some((seed) => !Number.isInteger(seed))) {
    console.error(`no such case or seed: ${unknown.join(', ')}; cases are ${cases.map(({ name }) => name).join(', ')}`);
    process.exitCode = 64;
    return;
  }
  for (const one of cases.filter(({ name }) => names.length === 0 || names.includes(name))) await play(one, seeds, pipeline);
}

async function play(one: OnCallCase, seeds: readonly number[], pipeline: string): Promise<void> {
  const counts: number[] = [];
  const failed: string[] = [];
  for (const seed of seeds) {
    const outcome = playLines(await compile(pipeline), one.lines(seed));
    counts.push(outcome.messages.length);
    const wrong = one.judge(outcome);
    if (wrong !== null) failed.push(`${seed}: ${wrong}`);
    if (!process.argv.includes('--list')) continue;
    for (const { at, until, first, last } of outcome.messages)
      console.log(
        `  ${one.name} ${seed}`,
        new Date(at).toISOString().slice(5, 16),
        until === null ? 'open' : new Date(until).toISOString().slice(5, 16),
        `${first.type} ${first.rule} ${first.severity}`,
        first.group_id,
        first.title,
        last.title === first.title ? '' : `-> ${last.title}`,
      );
  }
  counts.sort((a, b) => a - b);
  const share = `${seeds.length - failed.length} of ${seeds.length}`;
  console.log(
    `${one.name.padEnd(16)}${share.padStart(9)}   messages median ${counts[counts.length >> 1]}, most ${counts.at(-1)}   must: ${one.must}`,
  );
  for (const line of failed) console.log(`    ${line}`);
}

await main();
