import type { Blip, Radar } from '../src/signal.ts';
import { Fleet, type Stream } from './support/fleet.ts';
import { seeded } from './support/seeded.ts';

/**
 * Plays faults into a fleet of services and asks where the radar puts the service that has one.
 *
 *   npm run eval:incidents -- [--seeds N] [--json]      N fleets, 20 by default
 *
 * A fleet has twenty services whose load swings by three over the day; each has a few patterns at rates far apart, chatter
 * that makes a new line now and then, a regular rare error, a job at night, and deploys. After a day and a half each fault is
 * played by itself for three windows of five minutes; the label is the service it was played into. Beside the radar stand
 * two baselines: the service with the most errors in the window, and the one with the most new lines.
 */
const SERVICES = 20;
const WINDOW = 300_000;
const A_DAY = 288;
const LEARNED = 432;
/** Windows between faults, the last of them quiet hours that are looked at. */
const APART = 14;
const LASTS = 3;

const faults = ['new error', 'returning error', 'rising warning', 'silence', 'slow', 'one of twenty', 'errors tenfold'] as const;
type Fault = (typeof faults)[number];

interface Case {
  fault: Fault;
  service: string;
  /** Rank of the first row of the service in each window of the fault, 1 the highest; null where it has none. */
  ranks: (number | null)[];
  byErrors: boolean;
  byNew: boolean;
}

const name = (i: number): string => `svc-${String.fromCharCode(97 + i)}`;

function listStreams(draw: () => number): Stream[] {
  return Array.from({ length: SERVICES }, (_, i) => name(i)).flatMap((group) => {
    const size = 2 ** (draw() * 4);
    return [
      { group, text: `${group} request served`, level: 'INFO', rate: 8 * size },
      { group, text: `${group} cache entry written`, level: 'INFO', rate: 3 * size },
      { group, text: `${group} token checked for client`, level: 'INFO', rate: size },
      { group, text: `${group} pool nearly used up`, level: 'WARN', rate: 0.3 },
      { group, text: `${group} call upstream failed`, level: 'ERROR', rate: 0.05 + draw() * size * 0.2 },
    ];
  });
}

/** What is beside the load: deploys, the job at night, lines nobody has seen before. */
function besides(index: number, draw: () => number): Stream[] {
  const extra: Stream[] = [];
  for (let i = 0; i < SERVICES; i++) {
    const group = name(i);
    if (draw() < 0.004) extra.push({ group, text: `${group} started version v${index}`, level: 'INFO', rate: 2 });
    if (index % A_DAY === 24 + i) extra.push({ group, text: `${group} nightly export finished`, level: 'INFO', rate: 3 });
    const word = Math.floor(draw() * 1e6)
      .toString(36)
      .replaceAll(/\d/g, 'q');
    if (draw() < 0.02) extra.push({ group, text: `${group} plugin ${word} says ${word}ing twice`, level: 'INFO', rate: 1 });
  }
  return extra;
}

/** The lines a fault adds, and what it does to the others of its service. */
function play(fault: Fault, group: string, at: number): { extra: Stream[]; factor: (stream: Stream) => number } {
  const mine = (factor: (stream: Stream) => number) => (stream: Stream) => (stream.group === group ? factor(stream) : 1);
  const line = (text: string, level: string, rate: number): Stream => ({ group, text: `${group} ${text}`, level, rate });
  if (fault === 'new error') return { extra: [line('ledger is corrupt', 'ERROR', 3)], factor: () => 1 };
  if (fault === 'returning error') return { extra: [line('replica lost its leader', 'ERROR', 3)], factor: () => 1 };
  if (fault === 'rising warning') return { extra: [], factor: mine(({ level }) => (level === 'WARN' ? 30 : 1)) };
  if (fault === 'silence') return { extra: [], factor: mine(() => 0) };
  if (fault === 'slow') return { extra: [line('request took longer than its limit', 'WARN', 6)], factor: mine(() => 0.6) };
  if (fault === 'one of twenty') return { extra: [line('worker seventeen hangs', 'WARN', 2)], factor: mine(() => 0.95) };
  return { extra: [], factor: mine(({ level }) => (level === 'ERROR' ? 10 + at : 1)) };
}

interface Played {
  cases: Case[];
  quietRows: number;
  quietHours: number;
}

function playFleet(seed: number): Played {
  const draw = seeded(seed * 7919);
  const fleet = new Fleet(seed, { windowMs: WINDOW });
  const streams = listStreams(draw);
  const cases: Case[] = [];
  let quietRows = 0;
  let quietWindows = 0;
  let index = 0;
  const next = (extra: readonly Stream[] = [], factor: (stream: Stream) => number = () => 1): Radar | null => {
    const load = (2 + Math.sin((2 * Math.PI * index) / A_DAY)) / 2;
    const all = [...streams, ...besides(index, draw), ...extra];
    index += 1;
    return fleet.play(all, (stream) => factor(stream) * (extra.includes(stream) ? 1 : load));
  };
  for (let i = 0; i < LEARNED; i++) {
    // What will come back was there on the first day.
    const returning =
      i % 40 === 9 && i < 300 ? Array.from({ length: SERVICES }, (_, k) => play('returning error', name(k), 0).extra[0]!) : [];
    next(returning);
  }
  for (const fault of faults) {
    for (let i = 0; i < APART; i++) {
      const radar = next();
      if (i < 2) continue;
      quietWindows += 1;
      quietRows += radar?.blips.filter(({ score }) => score >= 50).length ?? 0;
    }
    const service = name(Math.floor(draw() * SERVICES));
    const one: Case = { fault, service, ranks: [], byErrors: false, byNew: false };
    for (let i = 0; i < LASTS; i++) {
      const { extra, factor } = play(fault, service, i);
      const radar = next(extra, factor);
      one.ranks.push(rankCandidate(radar, service));
      one.byErrors ||= findMost(radar, ({ level }) => level === 'ERROR') === service;
      one.byNew ||= findMost(radar, ({ state }) => state === 'new') === service;
    }
    cases.push(one);
  }
  return { cases, quietRows, quietHours: (quietWindows * WINDOW) / 3_600_000 };
}

function rankCandidate(radar: Radar | null, service: string): number | null {
  const at = radar?.blips.findIndex(({ group_id: group }) => group === service) ?? -1;
  return at < 0 ? null : at + 1;
}

/** The group with the most lines of a kind among what the radar lists; the first of equals. */
function findMost(radar: Radar | null, of: (blip: Blip) => boolean): string | null {
  const sums = new Map<string, number>();
  for (const blip of radar?.blips ?? []) if (of(blip)) sums.set(blip.group_id, (sums.get(blip.group_id) ?? 0) + blip.count);
  return [...sums].reduce<[string, number] | null>((most, one) => (most && most[1] >= one[1] ? most : one), null)?.[0] ?? null;
}

const share = (cases: readonly Case[], holds: (one: Case) => boolean): number => cases.filter(holds).length / cases.length;
const within =
  (most: number) =>
  ({ ranks }: Case) =>
    ranks.some((rank) => rank !== null && rank <= most);

function figures(cases: readonly Case[]) {
  const seen = cases.map(({ ranks }) => ranks.findIndex((rank) => rank !== null && rank <= 3)).filter((at) => at >= 0);
  return {
    cases: cases.length,
    at1: share(cases, within(1)),
    at3: share(cases, within(3)),
    at5: share(cases, within(5)),
    errors_at1: share(cases, ({ byErrors }) => byErrors),
    new_at1: share(cases, ({ byNew }) => byNew),
    first_sight_windows: seen.length > 0 ? 1 + seen.reduce((sum, at) => sum + at, 0) / seen.length : null,
  };
}

function main(): void {
  const flag = process.argv.indexOf('--seeds');
  const seeds = flag < 0 ? 20 : Number(process.argv[flag + 1]);
  if (!Number.isInteger(seeds) || seeds < 1) {
    console.error('usage: npm run eval:incidents -- [--seeds N] [--json]');
    process.exitCode = 64;
    return;
  }
  const played = Array.from({ length: seeds }, (_, i) => playFleet(i + 1));
  const cases = played.flatMap((one) => one.cases);
  const hours = played.reduce((sum, one) => sum + one.quietHours, 0);
  const quiet = played.reduce((sum, one) => sum + one.quietRows, 0) / hours;
  const byFault = Object.fromEntries(faults.map((fault) => [fault, figures(cases.filter((one) => one.fault === fault))]));
  const result = { seeds, ...figures(cases), quiet_rows_an_hour: quiet, faults: byFault };
  if (process.argv.includes('--json')) return console.log(JSON.stringify(result, null, 2));
  const row = (title: string, of: ReturnType<typeof figures>) =>
    `${title.padEnd(18)}${[of.at1, of.at3, of.at5, of.errors_at1, of.new_at1].map((x) => x.toFixed(2).padStart(7)).join('')}`;
  console.log('fault                  @1     @3     @5 errors    new');
  for (const fault of faults) console.log(row(fault, byFault[fault]!));
  console.log(row('all', result));
  console.log(
    `rows at or above 50 in a quiet hour ${quiet.toFixed(2)}, first among three after ${result.first_sight_windows?.toFixed(2) ?? '-'} windows`,
  );
}

main();
