import { age } from '../text/duration.ts';
import { count } from '../text/numbers.ts';
import { word } from '../text/paints.ts';
import { table, type Cell } from '../text/table.ts';
import { line } from '../text/line.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** A source, an operator or a sink of a run, and what goes through it. */
export interface Component {
  type: 'source' | 'operator' | 'sink';
  id: string;
  /** Signals since the start, and a second over the last few seconds. */
  in: number;
  in_rate: number;
  out: number;
  out_rate: number;
  /** What waits in it. */
  held: number;
  /** What it refused, dropped or failed at since the start. */
  lost: number;
  /** How far the newest record of a live source lies behind the clock, milliseconds. */
  behind?: number;
  /** What keeps it from working. */
  trouble?: string;
}

const rate = (perSecond: number): string => (perSecond > 0 && perSecond < 10 ? perSecond.toFixed(1) : count(Math.round(perSecond)));

/** A line a component: how much goes in and out, what is held, how far behind it is. */
export function componentRows(components: readonly Component[], view: ViewOptions): string[] {
  if (components.length === 0) return [line(['Nothing is known of its sources, operators and sinks.'], view)];
  const rows = components.map((one): Cell[] => [
    one.type,
    one.id,
    count(one.in),
    rate(one.in_rate),
    count(one.out),
    rate(one.out_rate),
    count(one.held),
    count(one.lost),
    one.behind === undefined ? '-' : age(one.behind),
    one.trouble === undefined ? '' : word(one.trouble),
  ]);
  return table(
    [
      { head: 'type', min: 8 },
      { head: 'id', max: 28 },
      { head: 'in', align: 'right', min: 9 },
      { head: '/s', align: 'right', min: 6 },
      { head: 'out', align: 'right', min: 9 },
      { head: '/s', align: 'right', min: 6 },
      { head: 'held', align: 'right', min: 4 },
      { head: 'lost', align: 'right', min: 4 },
      { head: 'behind', align: 'right', min: 6 },
      { head: '' },
    ],
    rows,
    view,
  );
}
