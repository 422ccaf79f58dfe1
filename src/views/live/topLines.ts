import { tally } from '../radar/openFindings.ts';
import { radarHeading } from '../radar/radarHeading.ts';
import { liveParts, warningLine } from '../radar/radarStatus.ts';
import { age } from '../text/duration.ts';
import { flow, heading } from '../text/layout.ts';
import type { Row } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import { title } from '../text/paints.ts';
import { moment, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import type { Look } from './look.ts';

/** So many windows behind the clock is too far, of a run that goes on. */
const tooFar = 2;

const counted = (many: number, noun: string): string => `${count(many)} ${noun}${many === 1 ? '' : 's'}`;

/** What runs, of which window, how far that has come, and how it stands; a blank line behind. */
export function topLines(look: Look, view: ViewOptions): string[] {
  const { subject, newest, now, findings, status } = look;
  const radar = look.open ?? look.radar;
  const behind = look.live && newest !== null ? Math.max(0, now - newest) : null;
  const pace = `${count(Math.round(look.rate))}/s`;
  if (radar === null) {
    const so = behind === null ? `Nothing has come yet, ${pace}.` : `No window yet.  ${age(behind)} behind, ${pace}.`;
    return [
      ...heading([title('RADAR'), '  ', subject], [moment(now, view.timeZone)], view),
      ...flow([[so], ...troubleParts(look, view)], view),
      '',
    ];
  }
  const [start, end] = [parseTime(radar.start), parseTime(radar.end)];
  const passed = radar.open && newest !== null ? Math.max(0, Math.min(newest - start, end - start)) : undefined;
  const warning = warningLine(
    radar,
    { ...(behind !== null && behind > tooFar * (end - start) && { behind: { ms: behind, growing: false } }) },
    view,
  );
  const groups = radar.groups > 1 ? [`${count(radar.groups)} groups`] : [];
  const counts = [counted(radar.events, 'event'), ...groups, counted(radar.patterns, 'pattern'), `${count(radar.new_patterns)} new`].join(
    ', ',
  );
  const firing = tally(findings, Object.keys(status.silenced ?? {}).length);
  const parts: Row[] = [
    ...(warning ?? []),
    [`${counts}.`],
    [behind === null ? `${pace}.` : `Live, ${age(behind)} behind, ${pace}.`],
    ...(firing === null ? [] : [[firing]]),
    ...troubleParts(look, view),
  ];
  return [...radarHeading('RADAR', subject, { ...radar, passed }, view), ...flow(parts, view), ''];
}

const troubleParts = ({ troubles = [], status: { change } }: Look, view: ViewOptions): Row[] =>
  liveParts({ troubles, ...(change && { change }) }, view);
