import type { BudgetResult } from '../../results/budgetResult.ts';
import type { MoneyWriter } from './budgetMoney.ts';
import { duration } from '../text/duration.ts';
import { flow } from '../text/layout.ts';
import { count } from '../text/numbers.ts';
import { padEnd } from '../text/text.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** Where the values of a row begin. */
export const margin = 15;

/** What the rows are drawn from. */
export interface Page {
  result: BudgetResult;
  money: MoneyWriter;
  /** Width of the amounts in the first block. */
  wide: number;
  now: number;
  view: ViewOptions;
}

/** A named row; a part that has no room goes to a line of its own under the first. */
export function row(name: string, parts: readonly string[], { view }: Page, gap = 1): string[] {
  const label = { text: padEnd(`  ${name}`, margin), paint: 'dim' as const };
  const [first = '', ...rest] = parts;
  return flow([[label, first], ...rest.map((part) => [part])], view, { gap, indent: margin });
}

/** `63h`, `40m`, and days from four on: `12d`. */
export const hours = (ms: number): string => {
  if (ms < 3_600_000) return duration(Math.max(60_000, Math.floor(ms / 60_000) * 60_000));
  return ms < 96 * 3_600_000 ? `${Math.floor(ms / 3_600_000)}h` : `${count(Math.floor(ms / 86_400_000))}d`;
};
