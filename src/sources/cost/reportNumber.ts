/** As programs write it: nearly every row. */
const plain = /^-?\d+(?:\.\d+)?$/;
/** Blanks of all kinds, signs of currencies, and the apostrophe by which Switzerland groups. */
const between = /[\s'’]|\p{Sc}/gu;

/**
 * A number as reports of other countries and spreadsheets write it, as a decimal: `1.234,56`, `1,234.50`, `1 234,56`, `$5.00`,
 * `(2.00)` for what is owed back. What is no such number comes back as it is, to be refused by its own name.
 */
export function plainNumber(text: string): string {
  if (plain.test(text)) return text;
  const bare = text.replaceAll(between, '').replaceAll('−', '-');
  const owed = /^\((.+)\)$/.exec(bare);
  const digits = owed ? owed[1]! : bare;
  const decimal = /^[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+$/.test(digits)
    ? digits.replaceAll('.', '').replace(',', '.')
    : /^[+-]?\d{1,3}(?:,\d{3})+\.\d+$/.test(digits)
      ? digits.replaceAll(',', '')
      : digits;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(decimal)) return text;
  return owed ? `-${decimal}` : decimal;
}
