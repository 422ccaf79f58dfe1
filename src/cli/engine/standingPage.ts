import type { Standing, StandingWork } from '../../engine/look/readStanding.ts';
import { age } from '../../views/text/duration.ts';
import { line } from '../../views/text/line.ts';
import { count } from '../../views/text/numbers.ts';
import { table } from '../../views/text/table.ts';
import { moment } from '../../views/text/time.ts';
import type { ViewOptions } from '../../views/text/viewOptions.ts';

/** What is looked at, and from where. */
export interface StandingContext {
  pipeline: string;
  /** What a run of the file that is given here would be made by. */
  made: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** Characters of a hash that people are shown. */
const shownHash = 8;

/** How a pipeline stands on an engine, for `--json`. */
export function describeStanding(standing: Standing, { pipeline, made }: Omit<StandingContext, 'now'>) {
  const { revision, processes, waiting, arrivals, output, works } = standing;
  return {
    pipeline,
    state: nameState(standing),
    revision: revision && { ...revision, at: new Date(revision.at).toISOString(), is_this_file: revision.made === made },
    processes: processes.map(({ id, left }) => ({ id, works: countWorks(standing, id), lease_left_ms: Math.round(left) })),
    waiting: waiting.map(({ left, ...what }) => ({ ...what, is_this_file: what.made === made, lease_left_ms: Math.round(left) })),
    arrivals,
    output,
    works: works.map(({ work, owner, left, behind, checkpoint }) => ({
      work,
      owner,
      lease_left_ms: left === null ? null : Math.round(left),
      behind,
      checkpoint: checkpoint && { message: checkpoint.n, at: new Date(checkpoint.at).toISOString(), fence: checkpoint.fence },
    })),
  };
}

/** How a pipeline stands on an engine, as a page. */
export function standingPage(standing: Standing, { pipeline, made, now }: StandingContext, view: ViewOptions): string[] {
  const { revision, processes, waiting, arrivals, output, works } = standing;
  const row = (name: string, ...parts: string[]) => line([`  ${name.padEnd(11)}`, parts.filter(Boolean).join(', ')], view);
  const there = `${count(processes.length)} ${processes.length === 1 ? 'process' : 'processes'}`;
  const isOther = revision !== null && revision.made !== made;
  return [
    line([{ text: 'ENGINE', paint: 'bold' }, `  ${pipeline}     ${nameState(standing)}${processes.length > 0 ? `, ${there}` : ''}`], view),
    ...(revision
      ? [
          row(
            'file',
            revision.made.slice(0, shownHash),
            `release ${revision.release}`,
            revision.partitions === 0 ? 'operators in one place' : `${count(revision.partitions)} parts`,
            `since ${moment(revision.at, view.timeZone)}`,
          ),
        ]
      : []),
    ...(isOther
      ? [
          line(
            [
              '  ',
              { text: 'OTHER', paint: 'yellow' },
              `      this file, release or number of parts is another one (${made.slice(0, shownHash)})`,
            ],
            view,
          ),
        ]
      : []),
    row('arrivals', `${count(arrivals)} messages`),
    row('output', output ? `on ${output.host}, into ${output.path}` : 'nothing is written yet'),
    ...processes.map(({ id, left }, i) =>
      row(
        i === 0 ? 'processes' : '',
        id,
        `${count(countWorks(standing, id))} pieces of work`,
        `heard of ${left > 0 ? 'in time' : 'too long ago'}`,
      ),
    ),
    ...waiting.map((one, i) =>
      row(
        i === 0 ? 'waiting' : '',
        one.id,
        `file ${one.made.slice(0, shownHash)}`,
        `release ${one.release}`,
        `${count(one.partitions)} parts`,
      ),
    ),
    '',
    ...table(
      [
        { head: 'WORK' },
        { head: 'BEHIND', align: 'right' },
        { head: 'CHECKPOINT', align: 'right' },
        { head: 'AT', align: 'right' },
        { head: 'FENCE', align: 'right' },
        { head: 'LEASE', align: 'right' },
        { head: 'OWNER' },
      ],
      works.map((one) => writeWork(one, now)),
      view,
      { indent: 2 },
    ),
    '',
  ];
}

function writeWork({ work, owner, left, behind, checkpoint }: StandingWork, now: number): (string | { text: string; paint: 'red' })[] {
  return [
    nameWork(work),
    behind === null ? '' : count(behind),
    checkpoint ? `${age(Math.max(0, now - checkpoint.at))} ago` : '-',
    checkpoint ? count(checkpoint.n) : '-',
    checkpoint?.fence ? count(checkpoint.fence) : '-',
    left === null ? '-' : age(left),
    owner ?? { text: 'nobody', paint: 'red' },
  ];
}

/** `partition.3` is partition 3, `read.logs.0` is part 0 of the source `logs`. */
const nameWork = (work: string): string =>
  work === 'sequencer' ? 'sources' : work.replace(/^read\.(.*)\.(\d+)$/, '$1 part $2').replace(/^partition\./, 'partition ');

const nameState = ({ processes }: Standing): 'running' | 'stopped' => (processes.length > 0 ? 'running' : 'stopped');

const countWorks = ({ works }: Standing, id: string): number => works.filter(({ owner }) => owner === id).length;
