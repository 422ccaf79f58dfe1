import type { Amount, BudgetResult } from '../../results/budgetResult.ts';
import type { BudgetFinding } from '../../signal.ts';
import { budgetBurn } from './budgetBurn.ts';
import { moneyWriter } from './budgetMoney.ts';
import { budgetOutlook } from './budgetOutlook.ts';
import { hours, row, type Page } from './budgetRow.ts';
import { changeText } from '../finding/changeText.ts';
import { duration } from '../text/duration.ts';
import { findingHeading } from '../finding/findingHeading.ts';
import { commands, flow } from '../text/layout.ts';
import { count, decimal } from '../text/numbers.ts';
import { shortIds } from '../text/shortIds.ts';
import { padStart, width } from '../text/text.ts';
import { clock, minute, parseTime } from '../text/time.ts';
import { usableColumns, type ViewOptions } from '../text/viewOptions.ts';

/** Cells of the bar that shows what is spent. */
const barCells = 30;
/**
 * A budget finding as a page: limit, spent and left, burn rates, forecast, thresholds, where the money goes and how
 * complete the data is.
 */
export function budgetFinding(finding: BudgetFinding, view: ViewOptions): string[] {
  const { result, id } = finding;
  const money = moneyWriter(result.currency);
  const now = view.now ?? parseTime(finding.updated);
  const short = shortIds([id])(id);
  const wide = Math.max(...[result.limit, result.spent, result.left].map((amount) => width(money.amount(amount))));
  const page: Page = { result, money, wide, now, view };
  return [
    ...findingHeading(finding, finding.title, view),
    ...subject(finding, page),
    '',
    ...amounts(page),
    ...budgetBurn(page),
    '',
    ...budgetOutlook(page),
    ...where(page),
    ...change(page),
    ...row('data', data(page), page),
    ...commands([`caducus explain ${short}`, `caducus ack ${short} --for 1h --note "..."`], view),
  ];
}

function subject({ group_id: group }: BudgetFinding, { result, view }: Page): string[] {
  const { label, time_zone: zone, length_ms: length, elapsed_ratio: elapsed } = result.period;
  // The last so long is always over: it has no length to add and no time to pass.
  if (isRolling(result)) return flow([[group], [label]], view, { gap: 5 });
  const named = `${label}, ${zone} (${decimal(length / 3_600_000, length % 3_600_000 === 0 ? 0 : 1)}h)`;
  return flow([[group], [named], [`${decimal(100 * elapsed, 1)} % of the time has passed`]], view, { gap: 5 });
}

const isRolling = ({ period }: BudgetResult): boolean => period.label.startsWith('last ');

function amounts(page: Page): string[] {
  const { result, money, wide, view } = page;
  const amount = (of: Amount) => `${padStart(money.amount(of), wide)} ${money.currency}`;
  const usage = result.usage_ratio;
  const full = Math.max(0, Math.min(barCells, Math.round(usage * barCells)));
  const bar = `${(view.ascii ? '#' : '█').repeat(full)}${(view.ascii ? '.' : '·').repeat(barCells - full)}`;
  const roomy = usableColumns(view) >= 90;
  const reserved = money.value(result.reserved) ? [`${money.amount(result.reserved)} of it reserved`] : [];
  return [
    ...row('limit', [amount(result.limit)], page),
    ...row(
      'spent',
      [
        `${amount(result.spent)}   ${padStart(`${decimal(100 * usage, 1)} %`, 6)}`,
        ...(roomy ? [bar] : []),
        ...(isRolling(result) ? [] : [`even pace ${money.amount(result.even_pace)}`]),
      ],
      page,
      3,
    ),
    ...row('left', [`${amount(result.left)}${roomy ? ' '.repeat(11) : ''}`, ...lasts(page), ...reserved], page),
  ];
}

function lasts({ result, now }: Page): string[] {
  const { lasts_ms: ms, window_ms: length, until: at } = result.pace;
  const window = duration(length);
  if (ms === null) return [];
  if (ms === 0) return ['nothing is left'];
  const zone = result.period.time_zone;
  const until = at === null ? NaN : parseTime(at);
  return [`lasts ${hours(ms)} at the ${window} pace,`, `to ${dayAndTime(Number.isFinite(until) ? until : now + ms, zone)}`];
}

/** `Mon 16 Mar 14:22 EDT` */
function dayAndTime(ms: number, timeZone: string): string {
  if (!(Math.abs(ms) < 8.64e15)) return '-';
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short' });
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
  return `${parts.get('weekday')} ${parts.get('day')} ${parts.get('month')} ${minute(ms, timeZone)}`;
}

/** Names shown before the rest is added up. */
const mostNames = 4;

function where(page: Page): string[] {
  const { where: found } = page.result;
  // After a credit a name may have spent less than nothing: that is not where the money goes.
  const rows = found.rows.filter(({ share }) => share > 0);
  if (rows.length === 0 || (rows.length === 1 && rows[0]!.name === 'other')) return [];
  const parts = rows.slice(0, mostNames).map((each, i) => {
    const more = i < Math.min(rows.length, mostNames) - 1 || rows.length > mostNames ? ',' : '';
    return `${each.name} ${page.money.amount(each.spent)} (${Math.round(100 * each.share)} %)${more}`;
  });
  if (rows.length > mostNames) parts.push(`${count(rows.length - mostNames)} more`);
  return row(`where (${duration(found.window_ms)})`, parts, page);
}

function change(page: Page): string[] {
  const text = changeText(page.result, page.now, page.view.timeZone);
  return text === '' ? [] : row('change', [text], page);
}

function data({ result, money, view }: Page): string[] {
  const found = result.data;
  const { credits } = found;
  const how = result.credits_mode === 'net' ? 'included' : 'not counted';
  const counts = [`${count(found.rejected)} rejected`, `${count(found.late)} late`];
  if (found.duplicate > 0) counts.push(`${count(found.duplicate)} duplicate`);
  if (credits > 0) counts.push(`${count(credits)} credit${credits === 1 ? '' : 's'} of ${money.amount(result.credits)} ${how}`);
  if (found.ids_forgotten > 0) counts.push(`${count(found.ids_forgotten)} ids forgotten`);
  return [
    `complete to ${clock(parseTime(found.complete_to), view.timeZone)};`,
    ...counts.map((part, i) => (i < counts.length - 1 ? `${part},` : part)),
  ];
}
