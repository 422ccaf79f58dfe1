import { playCauses, type Told } from '../support/causes/playCauses.ts';

/**
 * Plays faults into fleets whose services need each other, and asks what the episodes say of them.
 *
 *   npm run eval:causes -- [--seeds N] [--json]      N fleets, 5 by default
 *
 * A fleet has twenty services; each needs one to three others. A fault is one service's own new error line; those that need
 * it, and those that need these, fail ten to ninety seconds later a hop, louder than it in most cases. Half of the services
 * name in their lines whom they wait for. In three of ten the service's own line comes last. Eight kinds of faults come three
 * times each. Counted is where `came_first` puts the group of the fault among the groups it names, beside the group of the
 * earliest line and the group with the most lines; and whether the nearest past episode is of the same kind, of faults that
 * had come before.
 */
const groupsIn = ({ episode }: Told): string[] =>
  (episode?.result.came_first ?? []).filter(({ kind }) => kind === 'group').map(({ what }) => what);
const share = (all: readonly Told[], holds: (one: Told) => boolean): number => all.filter(holds).length / Math.max(1, all.length);

function figures(told: readonly Told[]) {
  return {
    episodes: told.length,
    first: share(told, (one) => groupsIn(one)[0] === one.service),
    in_three: share(told, (one) => groupsIn(one).slice(0, 3).includes(one.service)),
    earliest_line: share(told, (one) => one.earliest === one.service),
    most_lines: share(told, (one) => one.loudest === one.service),
  };
}

function main(): void {
  const flag = process.argv.indexOf('--seeds');
  const seeds = flag < 0 ? 5 : Number(process.argv[flag + 1]);
  if (!Number.isInteger(seeds) || seeds < 1) {
    console.error('usage: npm run eval:causes -- [--seeds N] [--json]');
    process.exitCode = 64;
    return;
  }
  const all = Array.from({ length: seeds }, (_, i) => playCauses(i + 1)).flat();
  const told = all.filter(({ episode }) => episode !== null);
  const repeats = told.filter(({ before }) => before > 0);
  const result = {
    seeds,
    faults: all.length,
    told: share(all, ({ episode }) => episode !== null),
    all: figures(told),
    new: figures(told.filter(({ before }) => before === 0)),
    repeated: figures(repeats),
    nearest_right: share(repeats, ({ nearest, kind }) => nearest === kind),
  };
  if (process.argv.includes('--json')) return console.log(JSON.stringify(result, null, 2));
  const row = (title: string, { episodes, first, in_three, earliest_line, most_lines }: ReturnType<typeof figures>) =>
    `${title.padEnd(10)}${String(episodes).padStart(9)}${[first, in_three, earliest_line, most_lines].map((x) => x.toFixed(2).padStart(10)).join('')}`;
  console.log('           episodes     first  in three  earliest most lines');
  console.log(row('all', result.all));
  console.log(row('new', result.new));
  console.log(row('repeated', result.repeated));
  console.log(`faults with an episode ${result.told.toFixed(2)}; nearest past episode of the same kind ${result.nearest_right.toFixed(2)}`);
}

main();
