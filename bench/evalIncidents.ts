import { playFleet, type Case } from './support/incidents/playFleet.ts';

/**
 * Plays faults into a fleet of services and asks where the radar puts the service that has one.
 *
 *   npm run eval:incidents -- [--seeds N] [--quiet] [--json]      N fleets, 20 by default
 *
 * A fleet has twenty services of twenty instances whose load swings by three over the day; each has a few patterns at rates
 * far apart, chatter that makes a new line now and then, a regular rare error, a job at night, and deploys. After nine days
 * each fault is played by itself; the label is the service it was played into. A fault counts as seen at rank k when the
 * first row of its service stood there or higher in one of its windows; one that lasts twenty hours, and one that was there
 * before the fleet was watched, by the share of the windows looked at in which it did. Beside the radar stand two baselines that
 * read the same windows: the service with the most errors, and the one with the most lines of patterns never seen before.
 * `--quiet` lists the rows at or above 50 of windows without a fault.
 */
/** How well a case was seen: 1 where once is enough and it was, else the share of the windows that were looked at. */
const weigh = ({ throughout }: Case, held: readonly boolean[]): number =>
  throughout ? held.filter(Boolean).length / held.length : Number(held.some(Boolean));
const mean = (cases: readonly Case[], weight: (one: Case) => number): number =>
  cases.reduce((sum, one) => sum + weight(one), 0) / cases.length;
const within = (most: number) => (one: Case) =>
  weigh(
    one,
    one.ranks.map((rank) => rank !== null && rank <= most),
  );

function figures(cases: readonly Case[]) {
  const seen = cases.map(({ ranks }) => ranks.findIndex((rank) => rank !== null && rank <= 3)).filter((at) => at >= 0);
  return {
    cases: cases.length,
    at1: mean(cases, within(1)),
    at3: mean(cases, within(3)),
    at5: mean(cases, within(5)),
    errors_at1: mean(cases, (one) => weigh(one, one.byErrors)),
    new_at1: mean(cases, (one) => weigh(one, one.byNew)),
    first_sight_windows: seen.length > 0 ? 1 + seen.reduce((sum, at) => sum + at, 0) / seen.length : null,
  };
}

function main(): void {
  const flag = process.argv.indexOf('--seeds');
  const seeds = flag < 0 ? 20 : Number(process.argv[flag + 1]);
  if (!Number.isInteger(seeds) || seeds < 1) {
    console.error('usage: npm run eval:incidents -- [--seeds N] [--quiet] [--json]');
    process.exitCode = 64;
    return;
  }
  const played = Array.from({ length: seeds }, (_, i) => playFleet(i + 1));
  const cases = played.flatMap((one) => one.cases);
  const rows = played.flatMap(({ quietRows }) => quietRows);
  const quiet = rows.length / played.reduce((sum, one) => sum + one.quietHours, 0);
  const names = [...new Set(cases.map(({ fault }) => fault))];
  const byFault = Object.fromEntries(names.map((fault) => [fault, figures(cases.filter((one) => one.fault === fault))]));
  const result = { seeds, ...figures(cases), quiet_rows_an_hour: quiet, faults: byFault };
  if (process.argv.includes('--json')) return console.log(JSON.stringify(result, null, 2));
  const row = (title: string, of: ReturnType<typeof figures>) =>
    `${title.padEnd(18)}${[of.at1, of.at3, of.at5, of.errors_at1, of.new_at1].map((x) => x.toFixed(2).padStart(7)).join('')}` +
    (of.first_sight_windows?.toFixed(1) ?? '-').padStart(9);
  console.log('fault                  @1     @3     @5 errors    new  windows');
  for (const fault of names) console.log(row(fault, byFault[fault]!));
  console.log(row('all', result));
  console.log(`rows at or above 50 in a quiet hour ${quiet.toFixed(2)}; windows: until first among three`);
  if (process.argv.includes('--quiet'))
    for (const { score, level, state, count, usual, label, bits } of rows)
      console.log(score, level ?? '-', state, count, usual ?? '-', label, JSON.stringify(bits));
}

main();
