import { readFileSync } from 'node:fs';
import { Subject, type OperatorFunction } from 'rxjs';
import { groupBy } from '../operators/groupBy.ts';
import { memory } from '../operators/memory.ts';
import { normalize } from '../operators/normalize.ts';
import { rank } from '../operators/rank.ts';
import { toIso, type Event } from '../src/event.ts';
import type { Signal } from '../src/signal.ts';

/**
 * Time an event costs in each stage: `node --import=tsx bench/memory.ts <events.ndjson> [rounds] [window]`.
 * The file is repeated, each round behind the last in event time; the first round warms up and is not counted.
 */
const [path, rounds = '10', window = '15s'] = process.argv.slice(2);
if (path === undefined) throw new Error('usage: bench/memory.ts <events.ndjson> [rounds] [window]');
const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
const events = lines.map((line) => JSON.parse(line) as Event);
const times = events.map(({ timestamp }) => Date.parse(timestamp));
const span = Math.max(...times) - Math.min(...times) + 1000;

/** Processor time of this process so far, milliseconds: other work on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Microseconds an event over all rounds but the first. */
function measure(work: (event: Event, time: number) => void): number {
  let spent = 0;
  for (let round = 0; round <= Number(rounds); round++) {
    const began = cpuMs();
    for (let i = 0; i < events.length; i++) work(events[i]!, times[i]! + round * span);
    if (round > 0) spent += cpuMs() - began;
  }
  return (1000 * spent) / (Number(rounds) * events.length);
}

function through(...operators: OperatorFunction<Signal, Signal>[]): (event: Event, time: number) => void {
  const input = new Subject<Signal>();
  let out = input.asObservable();
  for (const operator of operators) out = out.pipe(operator);
  let seen = 0;
  out.subscribe({
    next: () => (seen += 1),
    error: (error: unknown) => {
      throw error;
    },
  });
  return (event, time) => input.next({ kind: 'event', time, key: '', event });
}

const by = groupBy({ key: 'source' }) as OperatorFunction<Signal, Signal>;
const remember = memory({ window }) as OperatorFunction<Signal, Signal>;
let at = 0;
const parse = measure(() => void JSON.parse(lines[at++ % lines.length]!));
const stages: [string, number][] = [
  ['JSON.parse of the line', parse],
  ['groupBy', measure(through(by))],
  ['groupBy, memory', measure(through(by, remember))],
  [
    'normalize, groupBy, memory, rank',
    measure(
      through(
        normalize({ groupId: '{source}' }) as OperatorFunction<Signal, Signal>,
        by,
        remember,
        rank() as OperatorFunction<Signal, Signal>,
      ),
    ),
  ],
];
console.log(`${events.length} events, ${rounds} rounds, ${toIso(times[0]!)} and on`);
for (const [name, us] of stages)
  console.log(`${us.toFixed(2).padStart(8)} us/event  ${(us / parse).toFixed(2).padStart(5)} x parse  ${name}`);
