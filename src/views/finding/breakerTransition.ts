import type { BreakerResult } from '../../results/breakerResult.ts';
import type { BreakerFinding } from '../../signal.ts';
import { heading } from '../text/layout.ts';
import { line, type Row } from '../text/line.ts';
import { count } from '../text/numbers.ts';
import { title } from '../text/paints.ts';
import { table, type Cell } from '../text/table.ts';
import { clock, exact, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** One transition of a breaker, with why, what it means and what comes next. */
export function breakerTransition({ result }: BreakerFinding, view: ViewOptions): string[] {
  const { name: breaker, from, to } = result;
  const at = parseTime(result.at);
  const generation = `generation ${result.generation}`;
  const named: Row = [title('BREAKER'), `  ${breaker}  ${from} -> `, { text: to, paint: choosePaint(to) }];
  const row = (name: string, value: string) => (value === '' ? [] : [line([{ text: `  ${name.padEnd(9)}`, paint: 'dim' }, value], view)]);
  return [
    ...heading(named, [`${generation}         ${exact(at, view.timeZone)}`], view),
    ...row('why', result.why),
    ...row('effect', result.effect ?? ''),
    ...row('next', writeNext(result, view)),
  ];
}

/** Transitions one a line, oldest first, for a stream or a list of them. */
export function breakerLines(findings: readonly BreakerFinding[], view: ViewOptions): string[] {
  const columns = ['', '', '', '', '', '', ''].map((head) => ({ head }));
  const rows = findings.map(({ result }): Cell[] => {
    const { to } = result;
    return [
      clock(parseTime(result.at), view.timeZone),
      result.name,
      result.from,
      { text: `-> ${to}`, paint: choosePaint(to) },
      `g${result.generation}`,
      result.reason,
      breakerNext(result, view),
    ];
  });
  return table(columns, rows, view).slice(1);
}

const choosePaint = (state: string) => (state === 'closed' ? 'green' : state === 'half_open' ? 'yellow' : 'red');
const writeProbes = ({ probes }: BreakerResult): string => `${count(probes)} probe${probes === 1 ? '' : 's'}`;

/** `half_open at 03:10:28Z, 1 probe; then waits 1m, 2m, 4m, 8m, 10m` */
function writeNext(result: BreakerResult, view: ViewOptions): string {
  const { to } = result;
  const retry = result.retry_at === null ? NaN : parseTime(result.retry_at);
  if (to === 'half_open') return `${writeProbes(result)} allowed; closed when it goes well, else open again`;
  if (to !== 'open') return '';
  if (!Number.isFinite(retry)) return `half_open when data is back, ${writeProbes(result)}`;
  const waits = result.waits_ms.map(briefly);
  return `half_open at ${clock(retry, view.timeZone)}, ${writeProbes(result)}${waits.length > 0 ? `; then waits ${waits.join(', ')}` : ''}`;
}

/** What a transition leads to, in a few words: `retry 03:10:28Z`, `1 probe allowed`, `4 events held back`. */
export function breakerNext(result: BreakerResult, view: ViewOptions): string {
  const { to } = result;
  const retry = result.retry_at === null ? NaN : parseTime(result.retry_at);
  if (to === 'open') return Number.isFinite(retry) ? `retry ${clock(retry, view.timeZone)}` : 'until data is back';
  return to === 'half_open' ? `${writeProbes(result)} allowed` : (result.effect ?? '');
}

/** A wait in one unit where it comes out even: `90s`, `2m`. */
const briefly = (ms: number): string => {
  const [unit, size] = (
    [
      ['h', 3_600_000],
      ['m', 60_000],
      ['s', 1000],
    ] as const
  ).find(([, length]) => ms >= length && ms % length === 0) ?? ['s', 1000];
  return `${Math.round((10 * ms) / size) / 10}${unit}`;
};
