import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What `npm test` leaves to `npm run test:all`: files that start programs again and again or build packages, the longest
 * first. A page in a browser and what is killed stay in it: they are what is promised first. Each took more than 7 s of processor time where the median file took 0.1 s.
 */
export const slow: ReadonlySet<string> = new Set([
  'test/docs/customOperator.test.ts',
  'test/docs/commands.test.ts',
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
  'packages/caducus-kafka/test/source.test.ts',
  'packages/caducus-kafka/test/sink.test.ts',
  'packages/caducus-nats/test/engine/chaos.test.ts',
  'packages/caducus-nats/test/engine/cluster.test.ts',
  'packages/caducus-nats/test/engine/outages.test.ts',
  'packages/caducus-nats/test/crash.test.ts',
  'packages/caducus-nats/test/engine/processes.test.ts',
  'packages/caducus-postgres/test/crash.test.ts',
]);

/** Of the rest, what takes seconds: begun first, so that none is left alone at the end. */
const long = [
  'test/web/page.test.ts',
  'test/run/killedFollowing.test.ts',
  'test/run/killedShipping.test.ts',
  'test/run/crash.test.ts',
  'test/pipelines/opsRadar.test.ts',
  'test/run/reload/reloadingRun.test.ts',
  'test/sources/sqs.test.ts',
  'test/sources/cloudwatchLogs.test.ts',
  'test/sources/awsLazy.test.ts',
  'test/run/partition/threadPartition.test.ts',
  'test/memory/judge/quiet.test.ts',
  'test/memory/judge/volume.test.ts',
  'test/memory/judge/hours.test.ts',
];

/** All test files below a root, in the order in which they should begin. */
export function findTests(root: string): string[] {
  // What is installed in a package is none of its tests, and may link to where it lies.
  const folders = ['test', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'test'))];
  const found = folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.test.ts'))
    .toSorted();
  const first = [...slow, ...long];
  return [...first, ...found.filter((path) => !first.includes(path))];
}
