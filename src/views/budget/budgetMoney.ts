import { countDecimals, formatMoney, picoToUnits, parseMoney, type Pico } from '../../safeguards/budget/money.ts';
import type { Amount } from '../../results/budgetResult.ts';

/** Writes the amounts of one currency, in its decimals. */
export interface MoneyWriter {
  currency: string;
  /** `5,240.80`; `-` when there is none. What is too small for the decimals shows two digits: `0.0000015`. */
  amount(amount: Amount): string;
  /** The same in three significant digits, for estimates: `21,400`. */
  estimate(amount: Amount): string;
  /** In units of the currency; null when there is none. */
  value(amount: Amount | null): number | null;
}

export function moneyWriter(currency: string): MoneyWriter {
  const decimals = countDecimals(currency);
  const read = (amount: Amount): Pico | null => {
    const parsed = parseMoney(amount);
    return parsed.ok ? parsed.pico : null;
  };
  const written = (pico: Pico): string => {
    const size = Math.abs(picoToUnits(pico));
    if (size === 0 || size >= 10 ** -decimals) return formatMoney(pico, decimals);
    return formatMoney(pico, Math.min(12, 1 - Math.floor(Math.log10(size))));
  };
  const value = (amount: Amount | null) => {
    const pico = amount === null ? null : read(amount);
    return pico === null ? null : picoToUnits(pico);
  };
  return {
    currency,
    value,
    amount: (amount) => {
      const pico = read(amount);
      return pico === null ? '-' : written(pico);
    },
    estimate: (amount) => {
      const units = value(amount);
      if (units === null) return '-';
      const rounded = Number(units.toPrecision(3));
      const parsed = parseMoney(rounded);
      return parsed.ok ? formatMoney(parsed.pico, Math.abs(rounded) >= 100 ? 0 : decimals) : '-';
    },
  };
}
