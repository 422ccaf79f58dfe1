import { toIso, type Event, type Level } from '../../src/event.ts';

const minute = 60_000;
/** The disk begins to fail at 03:05:32Z of that day. */
export const midnight = Date.UTC(2026, 2, 14);
const at = (hours: number, minutes: number, seconds = 0) => midnight + ((hours * 60 + minutes) * 60 + seconds) * 1000;

type Line = [time: number, group: string, level: Level, text: string];
const datanode = 'cloudwatch:/hdfs/datanode';

/** `many` lines, evenly from one time to another. */
function* spread(
  from: number,
  to: number,
  many: number,
  line: (i: number) => [group: string, level: Level, text: string],
): Generator<Line> {
  for (let i = 0; i < many; i += 1) yield [Math.round(from + ((to - from) * i) / many), ...line(i)];
}

/** A data node that works as it always does, and a few other services, without an end. */
function* calm(from: number, to: number): Generator<Line> {
  const minutes = (to - from) / minute;
  yield* spread(from, to, 24 * minutes, (i) => [
    datanode,
    'INFO',
    `Received block blk_${7000 + i * 131} of size ${67_000_000 + i} from 10.250.1.${i % 40}`,
  ]);
  yield* spread(from, to, 12 * minutes, (i) => [
    datanode,
    'WARN',
    `writeBlock blk_${9000 + i * 17} received exception java.io.IOException from dn${1 + (i % 9)}:50010`,
  ]);
  yield* spread(from, to, 6 * minutes, (i) => ['cloudwatch:/aws/lambda/auth', 'ERROR', `JWT expired for session s${4000 + i * 7}`]);
  yield* spread(from, to, 28 * minutes, (i) => [
    'cloudwatch:/aws/lambda/bill',
    'INFO',
    `Charged account acc-${100 + (i % 90)} in ${20 + (i % 7)} ms`,
  ]);
  // Alerts and dead letters come now and then.
  yield* spread(from, to, minutes / 9, (i) => ['alertmanager:hdfs', 'WARN', `HDFSUnderReplicated blocks ${3 + (i % 4)} warning`]);
  yield* spread(from + 2 * minute, to, minutes / 14, (i) => ['sqs-dlq:block-writes-dlq', 'ERROR', `DeleteBlock blk_${600 + i} not found`]);
}

/** A disk of dn2 goes: slow, then broken, then writes fail, an alert comes, and messages die. */
function* failure(start: number): Generator<Line> {
  const from = (seconds: number) => start + seconds * 1000;
  const end = from(14 * 60);
  yield* spread(from(0), end, 440, (i) => [datanode, 'WARN', `Slow write to disk /data/3 on dn2, cost ${900 + i * 3} ms`]);
  yield* spread(from(100), end, 96, (i) => [
    datanode,
    'ERROR',
    `Disk failure on dn2, volume ${i % 2 === 0 ? '/data/3' : '/data/3/current'} not writable`,
  ]);
  yield* spread(from(129), end, 4600, (i) => [
    datanode,
    'WARN',
    `writeBlock blk_${20_000 + i * 17} received exception java.io.IOException from dn2:50010`,
  ]);
  yield [from(178), 'alertmanager:hdfs', 'ERROR', 'DataNodeVolumeFailed dn2 critical'];
  yield* spread(from(263), end, 34, (i) => [
    'sqs-dlq:block-writes-dlq',
    'ERROR',
    `PutBlock blk_${50_000 + i} to dn2 /data/3 timed out after 3 tries`,
  ]);
}

/** Events of a morning: calm from `begin` on, failures of 14 minutes that start at 03:05:32 or at those times, calm again until `end`. */
export function incidentEvents(end = at(4, 30), starts: readonly number[] = [at(3, 5, 32)], begin = at(1, 30)): Event[] {
  const lines = [...calm(begin, end), ...starts.flatMap((start) => [...failure(start)])].sort((a, b) => a[0] - b[0]);
  return lines.map(([time, group, level, text], i) => ({
    id: `e${String(i).padStart(6, '0')}`,
    timestamp: toIso(time),
    source: group.slice(0, group.indexOf(':')),
    group_id: group,
    text,
    metadata: { level },
  }));
}
