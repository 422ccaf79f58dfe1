import type { JsonObject } from '../event.ts';
import type { Finding } from '../signal.ts';
import { breakerNext } from './breakerTransition.ts';
import { moneyReader } from './budgetMoney.ts';
import { duration } from './duration.ts';
import { count, expected, multiple } from './numbers.ts';
import { listOf, numberAt, objectAt, textAt } from './result.ts';
import { clock, msOf } from './time.ts';
import type { ViewOptions } from './viewOptions.ts';

/** What a finding comes down to, for the end of its line: who answered it, else the numbers that make it one. '' when neither is known. */
export function findingBrief({ type, state, result, updated }: Finding, view: ViewOptions): string {
  const answer = answered(result, state === 'resolved' ? 'resolved_by' : 'acked');
  if (answer !== '') return answer;
  const silenced = textAt(result, 'silenced_until');
  if (silenced !== '')
    return `silenced until ${Number.isFinite(msOf(silenced)) ? clock(msOf(silenced), view.timeZone, msOf(updated)) : silenced}`;
  if (type === 'breaker') return breakerBrief(result, view);
  return type === 'budget' ? budgetBrief(result) : type === 'spike' ? spikeBrief(result) : '';
}

/** `by ana: "rolling back v411"` */
function answered(result: JsonObject, key: string): string {
  const { who, note } = { who: textAt(objectAt(result, key), 'who'), note: textAt(objectAt(result, key), 'note') };
  return who === '' ? '' : `by ${who}${note === '' ? '' : `: "${note}"`}`;
}

/** `216.00 of 240.00 USD`, `fast, 6.6x in 30m, 7.3x in 5m`, `262 USD expected, 241 to 380` */
function budgetBrief(result: JsonObject): string {
  const money = moneyReader(result);
  if (money.value(result, 'limit') === null) return '';
  const [what, which] = textAt(result, 'rule').split(':');
  const policy = what === 'burn' ? listOf(result['burn']).find((one) => textAt(one, 'name') === which) : undefined;
  if (policy) {
    const windows = (['long', 'short'] as const).map((name) => objectAt(policy, name));
    const paces = windows.map(
      (window) => `${multiple(numberAt(window, 'multiple') ?? 0)} in ${duration(numberAt(window, 'window_ms') ?? 0)}`,
    );
    return `${which}, ${paces.join(', ')}`;
  }
  const ahead = objectAt(result, 'forecast');
  if (what === 'forecasted') {
    return `${money.estimate(ahead, 'expected')} ${money.currency} expected, ${money.estimate(ahead, 'low')} to ${money.estimate(ahead, 'high')}`;
  }
  return `${money.amount(result, 'spent')} of ${money.amount(result, 'limit')} ${money.currency}`;
}

/** `retry 03:10:28Z`, `1 probe allowed`, `4 held back` */
function breakerBrief(result: JsonObject, view: ViewOptions): string {
  const held = numberAt(result, 'held') ?? 0;
  if (textAt(result, 'to') === 'closed') return held > 0 ? `${count(held)} held back` : '';
  return textAt(result, 'to') === '' ? '' : breakerNext(result, view);
}

/** `2,310, usual 61 (38x)` */
function spikeBrief(result: JsonObject): string {
  const value = numberAt(result, 'value');
  const usual = numberAt(result, 'usual') ?? numberAt(result, 'baseline');
  if (value === null || usual === null) return '';
  return `${expected(value)}, usual ${expected(usual)}${usual > 0 ? ` (${multiple(value / usual)})` : ''}`;
}
