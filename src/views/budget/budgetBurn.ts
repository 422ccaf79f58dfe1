import type { BurnRow } from '../../results/budgetResult.ts';
import { margin, type Page } from './budgetRow.ts';
import { duration } from '../text/duration.ts';
import { line } from '../text/line.ts';
import { multiple } from '../text/numbers.ts';
import { word } from '../text/paints.ts';
import { padEnd, padStart, width } from '../text/text.ts';
import { usableColumns } from '../text/viewOptions.ts';

/** Burn rates, a policy a line; narrow screens show the multiples without the amounts, then without the short words. */
export function budgetBurn(page: Page): string[] {
  const { result, money, view } = page;
  const rows = result.burn;
  if (rows.length === 0) return [];
  const roomy = usableColumns(view) >= 88;
  const windows = rows.flatMap((policy) => [policy.long, policy.short]);
  const wide = usableColumns(view) < 66 ? 0 : Math.max(...windows.map((window) => width(money.amount(window.spent))));
  const cell = (window: BurnRow['long']) => {
    const amount = wide === 0 ? '' : `${padStart(money.amount(window.spent), wide)}  `;
    return `${padEnd(duration(window.window_ms), 5)}${amount}${padStart(multiple(window.multiple), 4)}`;
  };
  const column = Math.max(5 + (wide === 0 ? 0 : wide + 2) + 4, 'short window'.length) + 2;
  const above = roomy ? 'fires above' : 'above';
  const head = `  ${padEnd('burn rate', 13)}${padEnd('long window', column)}${padEnd('short window', column)}${above}   state`;
  const lines = rows.map((policy) => {
    const firing = policy.state === 'firing';
    const limit = padStart(multiple(policy.fires_above), above.length);
    const state = firing ? [word('firing'), roomy ? `, ${policy.severity}` : ''] : ['clear'];
    const name = padEnd(`    ${policy.name}`, margin);
    return line([name, padEnd(cell(policy.long), column), padEnd(cell(policy.short), column), limit, '   ', ...state], view);
  });
  return ['', line([{ text: head, paint: 'dim' }], view), ...lines];
}
