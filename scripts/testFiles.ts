import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What only `npm run test:all` runs: files that start programs again and again or build packages, the longest first. Each
 * took more than 7 s of processor time where the median file took 0.1 s.
 */
export const slow: ReadonlySet<string> = new Set([
  'test/docs/customOperator.test.ts',
  'test/docs/commands.test.ts',
  'test/docs/leftOn.test.ts',
  'test/docs/firstWeek.test.ts',
  'test/io/terminal.test.ts',
  'test/run/checkpoint/everyOption.test.ts',
  'test/additions.test.ts',
  'test/sources/file/mixedRotation.test.ts',
  'test/package/pack.test.ts',
  'test/docs/examples.test.ts',
  'test/sources/file/rotations.test.ts',
  'test/cli/web/openWeb.test.ts',
  'test/run/faults.test.ts',
  'test/run/largeFaults.test.ts',
  'test/run/eveningFaults.test.ts',
  'test/run/library.test.ts',
  'test/package/clone.test.ts',
  'test/lint.test.ts',
  'test/embedders/universalSentenceEncoder.test.ts',
  'test/cli/run/workers.test.ts',
  'test/run/partition/killedWorkers.test.ts',
  'test/security/bounds.test.ts',
  'test/deploy/commandLines.test.ts',
  'packages/caducus-kafka/test/crash.test.ts',
  'packages/caducus-kafka/test/examples.test.ts',
  'packages/caducus-kafka/test/source.test.ts',
  'packages/caducus-kafka/test/sink.test.ts',
  'packages/caducus-nats/test/engine/chaos.test.ts',
  'packages/caducus-nats/test/engine/cluster.test.ts',
  'packages/caducus-nats/test/engine/outages.test.ts',
  'packages/caducus-nats/test/crash.test.ts',
  'packages/caducus-nats/test/engine/handover.test.ts',
  'packages/caducus-nats/test/engine/processes.test.ts',
  'packages/caducus-nats/test/engine/listeners.test.ts',
  'packages/caducus-postgres/test/crash.test.ts',
]);

/**
 * What `npm test` leaves out besides, and `npm run test:ci` does not: a page in a browser, programs that are killed, servers
 * of others, threads, the limits of every receiver. They are what is promised first, so nothing is taken over without them; whoever
 * changes a line need not wait for them.
 */
export const thorough: ReadonlySet<string> = new Set([
  'test/web/page.test.ts',
  'test/docs/guides.test.ts',
  'test/run/crash.test.ts',
  'packages/caducus-nats/test/consumption.test.ts',
  'test/web/page/worlds.test.ts',
  'test/run/partition/workers.test.ts',
  'test/run/killedFollowing.test.ts',
  'test/sinks/webhook/messageLimits.test.ts',
  'test/run/killedShipping.test.ts',
  'test/docs/ownPackage.test.ts',
  'test/sources/awsLazy.test.ts',
  'test/engine/engineRun.test.ts',
  'packages/caducus-nats/test/engine/traps.test.ts',
  'test/sources/syslog/rsyslog.test.ts',
  'test/wire/quick.test.ts',
  'test/pipelines/opsRadar.test.ts',
  'test/run/lastError.test.ts',
  'test/engine/exactness.test.ts',
  'test/pipeline/lazyPackages.test.ts',
  'packages/caducus-nats/test/engine/jetStreamTransport.test.ts',
  'test/bench/lackingData.test.ts',
  'test/run/unplugged.test.ts',
]);

/** Of the rest, what takes seconds: begun first, so that none is left alone at the end. */
const long = [
  'test/memory/judge/volume.test.ts',
  'test/findings/windows/longGaps.test.ts',
  'test/memory/judge/quiet.test.ts',
  'test/memory/judge/hours.test.ts',
  'test/run/reload/reloadingRun.test.ts',
  'test/sources/sqs.test.ts',
  'test/sources/cloudwatchLogs.test.ts',
  'test/run/partition/threadPartition.test.ts',
];

/** All test files below a root, in the order in which they should begin. */
export function findTests(root: string): string[] {
  // What is installed in a package is none of its tests, and may link to where it lies.
  const folders = ['test', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'test'))];
  const found = folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.test.ts'))
    .toSorted();
  const first = [...slow, ...thorough, ...long];
  return [...first, ...found.filter((path) => !first.includes(path))];
}

/** How much is run: all; what has to pass before something is taken over; what only `--all` has; what is quick. */
export type Extent = '--all' | '--ci' | '--slow' | null;

/** The files of a run, in the order in which they should begin. */
export function pickTests(root: string, extent: Extent): string[] {
  const isIn = (path: string): boolean => {
    if (extent === '--all') return true;
    if (slow.has(path)) return extent === '--slow';
    return extent === '--ci' || (extent === null && !thorough.has(path));
  };
  return findTests(root).filter(isIn);
}
