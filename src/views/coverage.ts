import type { Coverage, CoverageRow } from '../findings/coverage.ts';
import { heading } from './text/layout.ts';
import { line } from './text/line.ts';
import { count, counted, decimal, percent } from './text/numbers.ts';
import { title } from './text/paints.ts';
import { table, type Cell } from './text/table.ts';
import { moment } from './text/time.ts';
import type { ViewOptions } from './text/viewOptions.ts';

const mostReasons = 3;

/** Which groups should be there and are, and how well each is read. */
export function coveragePage({ as_of: asOf, groups, rejected, rejected_share: rejectedShare }: Coverage, view: ViewOptions): string[] {
  const many = (state: CoverageRow['state']) => groups.filter((one) => one.state === state).length;
  const unread = groups.filter((one) => one.unread).length;
  const when = asOf === null ? 'nothing kept' : `as of ${moment(Date.parse(asOf), view.timeZone)}`;
  const summary = [
    `${counted(groups.length, 'group')}: ${count(many('live'))} live`,
    ...(many('stopped') > 0 ? [`${count(many('stopped'))} stopped`] : []),
    ...(many('never seen') > 0 ? [`${count(many('never seen'))} never seen`] : []),
    ...(unread > 0 ? [`${count(unread)} not read whole`] : []),
    ...(rejectedShare > 0 ? [`${share(rejectedShare)} of the records rejected`] : []),
  ].join(', ');
  const rows = groups.map(({ group, state, last, rate, no_level: noLevel, guessed, late, folded, team, unread: isUnread }): Cell[] => [
    { text: state, paint: state === 'live' ? undefined : 'red' },
    last === null ? '-' : moment(Date.parse(last), view.timeZone),
    state === 'never seen' ? '-' : decimal(rate, 1),
    { text: share(noLevel), paint: isUnread ? 'yellow' : undefined },
    share(guessed),
    share(late),
    { text: share(folded), paint: folded > 0 ? 'yellow' : undefined },
    team ?? '-',
    group,
  ]);
  const right = (head: string) => ({ head, align: 'right' as const });
  const columns = [
    { head: 'state' },
    { head: 'last line' },
    right('an hour'),
    right('no level'),
    right('time guessed'),
    right('late'),
    right('folded'),
    { head: 'team' },
    { head: 'group' },
  ];
  return [
    ...heading([title('COVERAGE'), `  ${summary}`], [when], view),
    ...(rows.length > 0 ? table(columns, rows, view) : []),
    ...rejected
      .slice(0, mostReasons)
      .map(({ source, count: refused, reason }) => line([`rejected    ${count(refused)} of ${source}: ${reason}`], view)),
  ];
}

const share = (value: number): string => percent(value, 1);
