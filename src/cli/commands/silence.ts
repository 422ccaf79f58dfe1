import { z } from 'zod';
import { CaducusError } from '../../errors.ts';
import { toIso } from '../../event.ts';
import type { Mark } from '../../signal.ts';
import { given, leaveMark } from '../recall/leaveMark.ts';
import { markEnd } from '../recall/markEnd.ts';
import { linkFlag, whoFlag } from '../recall/markFlags.ts';
import { pattern } from '../../base/pattern.ts';
import { readClock } from '../../findings/schedules/deadlines.ts';
import { defineCommand } from '../shared/command.ts';
import type { CliContext } from '../shared/context.ts';
import { choice, length, several, text } from '../shared/flags.ts';
import { timeArgument } from '../shared/timeArgument.ts';

const states = ['new', 'returning', 'rising', 'rare', 'falling', 'gone', 'steady'] as const satisfies readonly NonNullable<
  Mark['until_state']
>[];

/** `caducus silence <id> --for 2h | --until TIME | --until rising [--from TIME] [--comment ...]`: nothing of it is sent meanwhile. */
export const command = defineCommand({
  arguments: z.strictObject({ id: z.string().optional() }),
  flags: z.strictObject({
    for: length('for how long'),
    from: text('time', 'from when on (ISO 8601, or +1h; default: now)'),
    until: text('time', 'until when, or until the pattern does that anew: rising, new, returning, gone'),
    group: text('pattern', 'in place of an id: all groups of such a name (RE2 syntax)'),
    label: several('name=value', 'in place of an id: findings with this label: of their lines, or group, rule, type'),
    every: choice('period', ['day', 'weekday', 'week'], 'again and again: --every week --begin "Sun 02:00" --for 4h'),
    begin: text('time', 'with --every: when it begins, 02:00, of a week Sun 02:00, in --time-zone'),
    comment: text('text', 'why'),
    ...linkFlag,
    ...whoFlag,
  }),
  examples: [
    'caducus silence f3a9 --for 2h --comment "load test"',
    'caducus silence s5vd --until rising',
    'caducus silence k7f2 --from 2026-03-14T22:00Z --for 4h',
    'caducus silence --group "^batch" --every week --begin "Sun 02:00" --for 4h --comment "maintenance"',
    'caducus silence --label namespace=staging --for 8h',
  ],
  async run({ id }, { for: lasting, from, until, comment, link, who, ...others }, context) {
    const now = context.io.now();
    const begins = from === undefined ? now : timeArgument(from, '--from', now);
    const state = states.find((word) => word === until);
    const schedule = readSchedule({ ...others, lasting }, context);
    const match = readMatch(id, others);
    const end =
      state !== undefined || (schedule && until === undefined)
        ? undefined
        : markEnd({ lasting: schedule ? undefined : lasting, until }, begins);
    if (state === undefined && end === undefined && !schedule) {
      throw new CaducusError('CAD002', {}, 'a silence needs an end', {
        hint: 'Give --for 2h, --until 2026-03-14T06:00Z, or --until rising.',
      });
    }
    if (end !== undefined && end <= Math.max(begins, now)) {
      throw new CaducusError('CAD002', { path: '--until' }, 'the silence would be over before it began', { hint: 'Give a later end.' });
    }
    const words = given({
      from: from === undefined ? undefined : toIso(begins),
      until: end === undefined ? undefined : toIso(end),
      until_state: state,
      match,
      schedule,
      text: comment,
      link,
    });
    return leaveMark('silence', match ? null : id!, { ...words, who }, context);
  },
});

interface Scheduled {
  every?: 'day' | 'weekday' | 'week' | undefined;
  begin?: string | undefined;
  lasting?: number | undefined;
}

/** When it comes again and again; undefined for once. Throws CAD002 naming the flag. */
function readSchedule({ every, begin, lasting }: Scheduled, { layered }: CliContext): Mark['schedule'] {
  if (every === undefined) {
    if (begin !== undefined)
      throw new CaducusError('CAD002', { path: '--begin' }, 'says when of what', { hint: 'Give --every day, weekday or week beside it.' });
    return undefined;
  }
  const minutes = begin === undefined ? null : readClock(begin, every);
  if (minutes === null)
    throw new CaducusError('CAD002', { path: '--begin' }, begin === undefined ? 'is missing' : `"${begin}" is no time of a ${every}`, {
      hint: `Give ${every === 'week' ? '"Sun 02:00"' : '02:00'}.`,
    });
  if (lasting === undefined)
    throw new CaducusError('CAD002', { path: '--for' }, 'is missing: how long each lasts', { hint: 'Give --for 4h.' });
  return { every, minutes, zone: layered.settings.time_zone, lasts_ms: lasting };
}

/** Groups and labels in place of an id. Throws CAD002 where both or neither are given. */
function readMatch(id: string | undefined, { group, label }: { group?: string | undefined; label: readonly string[] }): Mark['match'] {
  const isMatch = group !== undefined || label.length > 0;
  if (isMatch === (id !== undefined))
    throw new CaducusError('CAD002', {}, isMatch ? 'an id and --group or --label exclude each other' : 'says nothing to silence', {
      hint: 'Give an id that was shown, --group, or --label.',
    });
  if (!isMatch) return undefined;
  const pairs = label.map((one) => {
    const [name = '', value] = one.split(/=(.*)/s);
    if (name === '' || value === undefined) throw new CaducusError('CAD002', { path: '--label' }, `"${one}" is no name=value`);
    return [name, value] as const;
  });
  const wrong = group === undefined ? null : pattern.safeParse(group).error?.issues[0]?.message;
  if (wrong) throw new CaducusError('CAD002', { path: '--group' }, wrong);
  return { ...(group === undefined ? {} : { group }), ...(pairs.length === 0 ? {} : { labels: Object.fromEntries(pairs) }) };
}
