import { join } from 'node:path';
import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { age, duration } from '../../views/text/duration.ts';
import { line } from '../../views/text/line.ts';
import { count } from '../../views/text/numbers.ts';
import { moment, parseTime } from '../../views/text/time.ts';
import { countShares, type RuleShare } from '../../findings/whyNot/ruleShares.ts';
import { readDecisions } from '../../store/decisions.ts';
import { readMarks } from '../../store/marks.ts';
import { lockHolder } from '../../store/lock.ts';
import { defineCommand } from '../shared/command.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { requireFlag, text as textFlag } from '../shared/flags.ts';
import { showStanding } from '../engine/showStanding.ts';
import { stateFolders } from '../shared/stateFolders.ts';
import { readStatus, type RunStatus } from '../telemetry/statusFile.ts';
import { thisProcess } from '../../io.ts';

/** Warnings that are listed. */
const mostWarnings = 5;

type Shown = Omit<RunStatus, 'state'> & {
  state: 'running' | 'stopped' | 'died';
  /** What people thought of its messages of the last week; absent without any. */ rules?: RuleShare[];
};

/**
 * `caducus status [pipeline]`: what each pipeline of the data folder last reported, and whether its process still runs. With
 * `--engine` how that of a file stands there.
 */
export const command = defineCommand({
  arguments: z.strictObject({ pipeline: z.string().optional() }),
  flags: z.strictObject({
    engine: textFlag('url', 'who does what of a pipeline file on a message engine, such as nats://host:4222, and how far each is'),
    require: requireFlag('operators, sources or sinks'),
  }),
  examples: ['caducus status', 'caducus status hdfs-radar --json', 'caducus status radar.yaml --engine nats://host:4222'],
  async run({ pipeline }, { engine, ...flags }, context) {
    if (engine !== undefined) {
      if (pipeline !== undefined) return showStanding(pipeline, engine, flags, context);
      throw new CaducusError('CAD002', {}, '--engine needs the pipeline file', { hint: 'caducus status radar.yaml --engine URL' });
    }
    const { io, dataDir } = context;
    const found: Shown[] = [];
    for (const name of await stateFolders(context)) {
      if (pipeline !== undefined && name !== pipeline) continue;
      const folder = join(dataDir, 'state', name);
      const last = await readStatus(io.files, join(folder, 'status.json'));
      if (!last) continue;
      const holder = await lockHolder(io, join(folder, 'lock'), thisProcess);
      const rules = await readShares(name, context);
      const state = holder ? 'running' : last.state === 'running' ? 'died' : last.state;
      found.push({ ...last, state, ...(rules.length > 0 && { rules }) });
    }
    if (pipeline !== undefined && found.length === 0)
      throw new CaducusError('CAD040', {}, `nothing is known of a run of "${pipeline}" in ${dataDir}`, {
        hint: 'caducus status lists those there are.',
      });
    if (context.json) return printJson(context, found);
    if (found.length === 0) return print(context, [`No pipeline has run in ${dataDir}.`]);
    for (const one of found) await print(context, statusPage(one, context));
  },
});

/** What people thought of what a pipeline has sent in the last week, a rule. */
async function readShares(pipeline: string, { io, dataDir }: CliContext): Promise<RuleShare[]> {
  const decisions = (await readDecisions(io.files, dataDir, pipeline)).flatMap((one) => ('wall' in one ? [one] : []));
  if (decisions.length === 0) return [];
  const { lines } = await readMarks(io.files, dataDir);
  return countShares(
    decisions,
    lines.flatMap((line_) => ('mark' in line_ ? [line_.mark] : [])),
  );
}

/** `new-error: 12 sent, 4 of 5 useful` */
const writeShare = ({ rule, sent, useful, useless }: RuleShare): string =>
  `${rule}: ${count(sent)} sent${useful + useless > 0 ? `, ${count(useful)} of ${count(useful + useless)} useful` : ''}`;

function statusPage(one: Shown, context: CliContext): string[] {
  const view = pictureStyle(context);
  const now = context.io.now();
  const row = (name: string, ...parts: string[]) => line([`  ${name.padEnd(13)}`, parts.filter(Boolean).join(', ')], view);
  const when = (time: string | null) => (time === null ? '-' : moment(parseTime(time), view.timeZone));
  const running = one.state === 'running';
  const updated = running
    ? `process ${one.pid}, last update ${age(Math.max(0, now - parseTime(one.updated)))} ago`
    : `at ${when(one.updated)}`;
  const states = Object.entries(one.patterns).map(([state, many]) => `${count(many)} ${state}`);
  return [
    line([{ text: 'STATUS', paint: 'bold' }, `  ${one.pipeline}     ${one.state}, ${updated}`], view),
    ...(one.problem === null
      ? []
      : [
          line(
            [
              {
                text: one.problem.startsWith('stale')
                  ? 'STALE'
                  : one.problem.startsWith('sink')
                    ? 'SINK'
                    : one.problem.startsWith('source')
                      ? 'SOURCE'
                      : 'STUCK',
                paint: 'red',
              },
              `  ${one.problem}`,
            ],
            view,
          ),
        ]),
    row('started', when(one.started)),
    row(
      'received',
      `${count(one.received)}`,
      running ? `${count(one.events_per_second)} a second` : '',
      one.rejected > 0 ? `${count(one.rejected)} rejected` : '',
      one.duplicate > 0 ? `${count(one.duplicate)} duplicate` : '',
      one.late > 0 ? `${count(one.late)} late` : '',
    ),
    row('event time', `newest ${when(one.newest)}`, `watermark ${when(one.watermark)}`),
    ...(one.sources ?? []).flatMap(({ id, canary }) =>
      canary ? [row('canary', `${id} ${duration(canary.took_ms)}`, `last ${when(canary.at)}`)] : [],
    ),
    ...one.sinks
      .filter(({ id }) => !id.startsWith('~'))
      .map(({ id, written, failed, held }) =>
        row(id, `${count(written)} written`, held > 0 ? `${count(held)} held` : '', failed > 0 ? `${count(failed)} failed` : ''),
      ),
    ...(states.length > 0 ? [row('patterns', ...states)] : []),
    ...(one.warnings ?? [])
      .slice(0, mostWarnings)
      .map(({ kind, component, count: many, what, last }, i) =>
        row(
          i === 0 ? 'warnings' : '',
          `${count(many)} ${kind.replaceAll('_', ' ')}${component === '' ? '' : ` of ${component}`}`,
          what,
          `last ${when(last)}`,
        ),
      ),
    ...(one.rules ?? []).slice(0, mostWarnings).map((share, i) => row(i === 0 ? 'rules' : '', writeShare(share))),
    row(
      'checkpoints',
      `${count(one.checkpoints.count)} written`,
      one.checkpoints.failures > 0 ? `${count(one.checkpoints.failures)} failed` : '',
    ),
    '',
  ];
}
