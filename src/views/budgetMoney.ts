import type { JsonObject } from '../event.ts';
import { decimalsOf, formatMoney, numberOf, parseMoney, type Pico } from '../safeguards/budget/money.ts';
import { textAt } from './result.ts';

const picoAt = (object: JsonObject, key: string): Pico | null => {
  const parsed = parseMoney(textAt(object, key));
  return parsed.ok ? parsed.pico : null;
};

/** Amounts of a budget's result, in its currency's decimals. */
export interface MoneyReader {
  currency: string;
  /** `5,240.80`; `-` when there is none. What is too small for the decimals shows two digits: `0.0000015`. */
  amount(object: JsonObject, key: string): string;
  /** The same in three significant digits, for estimates: `21,400`. */
  estimate(object: JsonObject, key: string): string;
  value(object: JsonObject, key: string): number | null;
}

export function moneyReader(result: JsonObject): MoneyReader {
  const currency = textAt(result, 'currency');
  const decimals = decimalsOf(currency);
  const written = (pico: Pico): string => {
    const size = Math.abs(numberOf(pico));
    if (size === 0 || size >= 10 ** -decimals) return formatMoney(pico, decimals);
    return formatMoney(pico, Math.min(12, 1 - Math.floor(Math.log10(size))));
  };
  const value = (object: JsonObject, key: string) => {
    const pico = picoAt(object, key);
    return pico === null ? null : numberOf(pico);
  };
  return {
    currency,
    value,
    amount: (object, key) => {
      const pico = picoAt(object, key);
      return pico === null ? '-' : written(pico);
    },
    estimate: (object, key) => {
      const units = value(object, key);
      if (units === null) return '-';
      const rounded = parseMoney(Number(units.toPrecision(3)));
      return rounded.ok ? formatMoney(rounded.pico, Math.abs(units) >= 100 ? 0 : decimals) : '-';
    },
  };
}
