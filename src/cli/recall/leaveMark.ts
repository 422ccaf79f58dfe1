import { toIso } from '../../event.ts';
import type { Mark, MarkType } from '../../signal.ts';
import { duration } from '../../views/text/duration.ts';
import { line } from '../../views/text/line.ts';
import { moment } from '../../views/text/time.ts';
import { shortIds } from '../../views/text/shortIds.ts';
import { appendMark, withId } from '../../store/marks.ts';
import { pictureStyle, print, printJson, type CliContext } from '../shared/context.ts';
import { shownTarget } from './shownTarget.ts';
import { whoIsIt } from './whoIsIt.ts';

/** What a mark says beside whom it is from and about what. */
export type MarkWords = Partial<Pick<Mark, 'at' | 'from' | 'until' | 'until_state' | 'as_usual' | 'match' | 'schedule' | 'text' | 'link'>>;

const done: Record<MarkType, string> = {
  ack: 'acked',
  silence: 'silenced',
  note: 'noted',
  resolve: 'resolved',
  change: 'change',
  useful: 'useful',
  useless: 'useless',
  guess: 'guessed',
};

/** The parts of a mark that were given. */
export const given = <T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };

/**
 * Puts a mark on disk, where running pipelines and later commands find it, and says so. `target` is the beginning of an id
 * that was shown, or null for a mark about none. Throws CAD002 when it names nothing, or several things.
 */
export async function leaveMark(
  type: MarkType,
  target: string | null,
  { who: named, ...words }: MarkWords & { who?: string | undefined },
  context: CliContext,
): Promise<void> {
  const { io, dataDir } = context;
  const shown = target === null ? null : shownTarget(target, context);
  const who = named ?? whoIsIt(io);
  const mark = withId({ type, target: shown?.id ?? '', who, at: toIso(io.now()), ...words });
  await appendMark(io.files, dataDir, mark);
  if (context.json) return printJson(context, mark);
  const style = pictureStyle(context);
  const about = shown ? `${shown.kind === 'group' ? '' : `${shortIds([shown.id])(shown.id)}  `}${shown.label}` : writeMatch(mark);
  const at = (time: string) => moment(Date.parse(time), style.timeZone);
  const parts = [
    `${done[type]}  ${about}`,
    mark.schedule === undefined ? '' : writeSchedule(mark.schedule),
    mark.from === undefined ? '' : `from ${at(mark.from)}`,
    mark.until === undefined ? '' : `until ${at(mark.until)}`,
    mark.until_state === undefined ? '' : `until ${mark.until_state}`,
    mark.as_usual === undefined ? '' : 'usual from now on',
    type === 'change' ? `at ${at(mark.at)}` : '',
    (shown || mark.match) && mark.text !== undefined ? `"${mark.text}"` : '',
    mark.link ?? '',
  ].filter(Boolean);
  return print(context, [line([parts.join(', ')], { ...style, columns: 96 })]);
}

/** What a mark is about that names no id: groups and labels, or the text of a change. */
function writeMatch({ match, text = '' }: Mark): string {
  if (!match) return text;
  const labels = Object.entries(match.labels ?? {}).map(([name, value]) => `${name}=${value}`);
  return [match.group === undefined ? '' : `groups ${match.group}`, ...labels].filter(Boolean).join(', ');
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `every week from Sun 02:00 UTC for 4h` */
function writeSchedule({ every, minutes, zone, lasts_ms: lasts }: NonNullable<Mark['schedule']>): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`;
  const day = every === 'week' ? `${weekdays[Math.floor(minutes / 1440)]} ` : '';
  return `every ${every} from ${day}${clock} ${zone} for ${duration(lasts)}`;
}
