import { hasOwnResult } from '../../findings/hasOwnResult.ts';
import type { BreakerResult } from '../../results/breakerResult.ts';
import type { BudgetResult } from '../../results/budgetResult.ts';
import type { SessionResult } from '../../results/sessionResult.ts';
import type { SpikeResult } from '../../results/spikeResult.ts';
import type { Answer } from '../../results/standing.ts';
import type { Finding } from '../../signal.ts';
import { breakerNext } from './breakerTransition.ts';
import { moneyWriter } from '../budget/budgetMoney.ts';
import { duration } from '../text/duration.ts';
import { count, counted, expected, multiple } from '../text/numbers.ts';
import { clock, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** What a finding comes down to, for the end of its line: who answered it, else the numbers that make it one. '' when neither is known. */
export function findingBrief(finding: Finding, view: ViewOptions): string {
  if (!hasOwnResult(finding)) return '';
  const { state, updated, result } = finding;
  const answer = state === 'resolved' ? result.resolved_by : result.acked;
  if (answer) return writeAnswer(answer);
  const { silenced_until: silenced } = result;
  if (silenced !== undefined)
    return `silenced until ${Number.isFinite(parseTime(silenced)) ? clock(parseTime(silenced), view.timeZone, parseTime(updated)) : silenced}`;
  if (finding.type === 'breaker') return breakerBrief(finding.result, view);
  if (finding.type === 'session') return sessionBrief(finding.result);
  return finding.type === 'budget' ? budgetBrief(finding.result) : finding.type === 'spike' ? spikeBrief(finding.result) : '';
}

/** `by ana: "rolling back v411"` */
const writeAnswer = ({ who, note = '' }: Answer): string => `by ${who}${note === '' ? '' : `: "${note}"`}`;

/** `216.00 of 240.00 USD`, `fast, 6.6x in 30m, 7.3x in 5m`, `262 USD expected, 241 to 380` */
function budgetBrief({ rule, currency, burn, forecast, spent, limit }: BudgetResult): string {
  const money = moneyWriter(currency);
  const [what, which] = (rule ?? '').split(':');
  const policy = what === 'burn' ? burn.find(({ name }) => name === which) : undefined;
  if (policy) {
    const paces = [policy.long, policy.short].map((window) => `${multiple(window.multiple)} in ${duration(window.window_ms)}`);
    return `${which}, ${paces.join(', ')}`;
  }
  if (what === 'forecasted') {
    return `${money.estimate(forecast.expected)} ${money.currency} expected, ${money.estimate(forecast.low)} to ${money.estimate(forecast.high)}`;
  }
  return `${money.amount(spent)} of ${money.amount(limit)} ${money.currency}`;
}

/** `retry 03:10:28Z`, `1 probe allowed`, `4 held back` */
function breakerBrief(result: BreakerResult, view: ViewOptions): string {
  if (result.to === 'closed') return result.held > 0 ? `${count(result.held)} held back` : '';
  return breakerNext(result, view);
}

/** `12 sessions, newest o-4711` */
const sessionBrief = ({ unusual, entity }: SessionResult): string => `${counted(unusual, 'session')}, newest ${entity}`;

/** `2,310, usual 61 (38x)` */
function spikeBrief({ value, usual }: SpikeResult): string {
  return `${expected(value)}, usual ${expected(usual)}${usual > 0 ? ` (${multiple(value / usual)})` : ''}`;
}
