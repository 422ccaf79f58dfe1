import type { ThresholdRow } from '../../results/budgetResult.ts';
import { hours, row, type Page } from './budgetRow.ts';
import { decimal } from '../text/numbers.ts';
import { parseTime } from '../text/time.ts';

/** What is to come: the forecast, and the thresholds that are reached, near or far. */
export const budgetOutlook = (page: Page): string[] => [...forecast(page), ...row('thresholds', thresholds(page), page)];

function forecast(page: Page): string[] {
  const { result, money } = page;
  const { forecast: ahead, period } = result;
  const { label } = period;
  // `end of March`, and for a rolling window, which has no end, `next 24h`.
  const end = label.startsWith('last ') ? `next ${label.slice(5)}` : `end of ${label.replace(/^([A-Z][a-z]+) \d{4}$/, '$1')}`;
  if (ahead.confidence === 'low') {
    return row(
      'forecast',
      [`${end} ${money.estimate(ahead.expected)} ${money.currency}, low confidence: ${ahead.buckets} full buckets, 3 needed`],
      page,
    );
  }
  const chance = decimal(ahead.p_breach, 2);
  const normal = money.value(ahead.if_normal);
  const within = normal !== null && normal < (money.value(result.limit) ?? 0) ? 'within the limit' : 'above the limit';
  return [
    ...row(
      'forecast',
      [
        `${end} ${money.estimate(ahead.expected)} ${money.currency},`,
        `80 % between ${money.estimate(ahead.low)} and ${money.estimate(ahead.high)};`,
        `P(breach) ${chance}`,
      ],
      page,
    ),
    ...(normal === null
      ? []
      : row('', ['if the pace fell back to normal now:', `${decimal(normal, normal >= 100 ? 0 : 2)}, ${within}`], page)),
  ];
}

/** `actual 50 % in 7h; 90 % warning and 100 % breach not reached` */
function thresholds({ result, now }: Page): string[] {
  const rows = result.thresholds;
  const name = ({ at }: ThresholdRow) => {
    const warning = result.check.warningRatio;
    return `${decimal(100 * at, Number.isInteger(100 * at) ? 0 : 1)} %${at === 1 ? ' breach' : at === warning ? ' warning' : ''}`;
  };
  const actual = rows.filter(({ on }) => on === 'actual');
  const reached = actual.filter(({ state }) => state !== 'ahead').map(name);
  const ahead = actual.filter(({ state }) => state === 'ahead');
  const next = ahead.find(({ estimate }) => estimate !== null);
  const others = ahead.filter((threshold) => threshold !== next).map(name);
  const forecasted = rows.filter(({ on, state }) => on === 'forecasted' && state === 'firing').map(name);
  const parts = [
    reached.length > 0 ? `${listed(reached)} reached` : '',
    next?.estimate ? `${name(next)} in ${hours(parseTime(next.estimate) - now)}` : '',
    others.length > 0 ? `${listed(others)} not reached` : '',
  ].filter(Boolean);
  const all = [
    ...parts.map((part, i) => (i === 0 ? `actual ${part}` : part)),
    ...(forecasted.length > 0 ? [`forecast above ${listed(forecasted)}`] : []),
  ];
  return all.length === 0 ? ['none'] : all.map((part, i) => (i < all.length - 1 ? `${part};` : part));
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
