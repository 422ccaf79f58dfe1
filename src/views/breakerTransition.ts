import type { Finding } from '../signal.ts';
import type { JsonObject } from '../event.ts';
import { heading } from './layout.ts';
import { line, type Row } from './line.ts';
import { count } from './numbers.ts';
import { title } from './paints.ts';
import { numberAt, textAt } from './result.ts';
import { table, type Cell } from './table.ts';
import { clock, exact, msOf } from './time.ts';
import type { ViewOptions } from './viewOptions.ts';

/** One transition of a breaker, with why, what it means and what comes next. null when the result is no breaker's. */
export function breakerTransition({ result }: Finding, view: ViewOptions): string[] | null {
  const at = msOf(textAt(result, 'at'));
  const [from, to] = [textAt(result, 'from'), textAt(result, 'to')];
  if (!from || !to || !Number.isFinite(at)) return null;
  const generation = `generation ${numberAt(result, 'generation') ?? 0}`;
  const named: Row = [title('BREAKER'), `  ${textAt(result, 'name')}  ${from} -> `, { text: to, paint: paintOf(to) }];
  const row = (name: string, value: string) => (value === '' ? [] : [line([{ text: `  ${name.padEnd(9)}`, paint: 'dim' }, value], view)]);
  return [
    ...heading(named, [`${generation}         ${exact(at, view.timeZone)}`], view),
    ...row('why', textAt(result, 'why')),
    ...row('effect', textAt(result, 'effect')),
    ...row('next', nextOf(result, view)),
  ];
}

/** Transitions one a line, oldest first, for a stream or a list of them. */
export function breakerLines(findings: readonly Finding[], view: ViewOptions): string[] {
  const columns = ['', '', '', '', '', '', ''].map((head) => ({ head }));
  const rows = findings.map(({ result }): Cell[] => {
    const to = textAt(result, 'to');
    return [
      clock(msOf(textAt(result, 'at')), view.timeZone),
      textAt(result, 'name'),
      textAt(result, 'from'),
      { text: `-> ${to}`, paint: paintOf(to) },
      `g${numberAt(result, 'generation') ?? 0}`,
      textAt(result, 'reason'),
      breakerNext(result, view),
    ];
  });
  return table(columns, rows, view).slice(1);
}

const paintOf = (state: string) => (state === 'closed' ? 'green' : state === 'half_open' ? 'yellow' : 'red');
const probesOf = (result: JsonObject): string => {
  const probes = numberAt(result, 'probes') ?? 0;
  return `${count(probes)} probe${probes === 1 ? '' : 's'}`;
};

/** `half_open at 03:10:28Z, 1 probe; then waits 1m, 2m, 4m, 8m, 10m` */
function nextOf(result: JsonObject, view: ViewOptions): string {
  const to = textAt(result, 'to');
  const retry = msOf(textAt(result, 'retry_at'));
  if (to === 'half_open') return `${probesOf(result)} allowed; closed when it goes well, else open again`;
  if (to !== 'open') return '';
  if (!Number.isFinite(retry)) return `half_open when data is back, ${probesOf(result)}`;
  const waits = (Array.isArray(result['waits_ms']) ? result['waits_ms'] : []).filter((ms) => typeof ms === 'number').map(briefly);
  return `half_open at ${clock(retry, view.timeZone)}, ${probesOf(result)}${waits.length > 0 ? `; then waits ${waits.join(', ')}` : ''}`;
}

/** What a transition leads to, in a few words: `retry 03:10:28Z`, `1 probe allowed`, `4 events held back`. */
export function breakerNext(result: JsonObject, view: ViewOptions): string {
  const to = textAt(result, 'to');
  const retry = msOf(textAt(result, 'retry_at'));
  if (to === 'open') return Number.isFinite(retry) ? `retry ${clock(retry, view.timeZone)}` : 'until data is back';
  return to === 'half_open' ? `${probesOf(result)} allowed` : textAt(result, 'effect');
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
