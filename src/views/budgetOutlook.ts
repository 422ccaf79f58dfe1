import type { JsonObject } from '../event.ts';
import { hours, row, type Page } from './budgetRow.ts';
import { decimal } from './numbers.ts';
import { listOf, numberAt, objectAt, textAt } from './result.ts';
import { msOf } from './time.ts';

/** What is to come: the forecast, and the thresholds that are reached, near or far. */
export const budgetOutlook = (page: Page): string[] => [...forecast(page), ...row('thresholds', thresholds(page), page)];

function forecast(page: Page): string[] {
  const { result, money } = page;
  const ahead = objectAt(result, 'forecast');
  const period = objectAt(result, 'period');
  const label = textAt(period, 'label');
  // `end of March`, and for a rolling window, which has no end, `next 24h`.
  const end = label.startsWith('last ') ? `next ${label.slice(5)}` : `end of ${label.replace(/^([A-Z][a-z]+) \d{4}$/, '$1')}`;
  if (textAt(ahead, 'confidence') === 'low') {
    return row(
      'forecast',
      [
        `${end} ${money.estimate(ahead, 'expected')} ${money.currency}, low confidence: ${numberAt(ahead, 'buckets') ?? 0} full buckets, 3 needed`,
      ],
      page,
    );
  }
  const chance = decimal(numberAt(ahead, 'p_breach') ?? 0, 2);
  const normal = money.value(ahead, 'if_normal');
  const within = normal !== null && normal < (money.value(result, 'limit') ?? 0) ? 'within the limit' : 'above the limit';
  return [
    ...row(
      'forecast',
      [
        `${end} ${money.estimate(ahead, 'expected')} ${money.currency},`,
        `80 % between ${money.estimate(ahead, 'low')} and ${money.estimate(ahead, 'high')};`,
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
  const rows = listOf(result['thresholds']);
  const name = (threshold: JsonObject) => {
    const at = numberAt(threshold, 'at') ?? 0;
    const warning = numberAt(objectAt(result, 'check'), 'warningRatio');
    return `${decimal(100 * at, Number.isInteger(100 * at) ? 0 : 1)} %${at === 1 ? ' breach' : at === warning ? ' warning' : ''}`;
  };
  const actual = rows.filter((threshold) => textAt(threshold, 'on') === 'actual');
  const reached = actual.filter((threshold) => textAt(threshold, 'state') !== 'ahead').map(name);
  const ahead = actual.filter((threshold) => textAt(threshold, 'state') === 'ahead');
  const next = ahead.find((threshold) => textAt(threshold, 'estimate') !== '');
  const others = ahead.filter((threshold) => threshold !== next).map(name);
  const forecasted = rows
    .filter((threshold) => textAt(threshold, 'on') === 'forecasted' && textAt(threshold, 'state') === 'firing')
    .map(name);
  const parts = [
    reached.length > 0 ? `${listed(reached)} reached` : '',
    next ? `${name(next)} in ${hours(msOf(textAt(next, 'estimate')) - now)}` : '',
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
