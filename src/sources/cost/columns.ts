/** What a cost report's row is made of, by the names its columns have. */
export interface CostColumns {
  format: 'cur' | 'focus';
  amount: number;
  currency: number;
  time: number;
  account: number;
  service: number;
  /** Usage, tax, credit, refund ... */
  charge: number;
}

/** Names in the legacy Cost and Usage Report, in CUR 2.0, and in FOCUS 1.x; compared in lower case without anything but letters. */
const names = {
  cur: {
    amount: ['lineitemunblendedcost'],
    currency: ['lineitemcurrencycode'],
    time: ['lineitemusagestartdate'],
    account: ['lineitemusageaccountid'],
    service: ['lineitemproductcode'],
    charge: ['lineitemlineitemtype'],
  },
  focus: {
    amount: ['billedcost'],
    currency: ['billingcurrency'],
    time: ['chargeperiodstart'],
    account: ['subaccountid', 'billingaccountid'],
    service: ['servicename', 'xservicecode'],
    charge: ['chargecategory'],
  },
} as const;

const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

/**
 * Finds the columns of a cost report in its header; null when it is none. `cost` names another column with the amount,
 * such as `EffectiveCost` or `lineItem/BlendedCost`.
 */
export function costColumns(header: readonly string[], cost: string | undefined): CostColumns | null {
  const columns = header.map(plain);
  for (const format of ['cur', 'focus'] as const) {
    const at = (wanted: readonly string[]) => wanted.map((name) => columns.indexOf(name)).find((index) => index >= 0) ?? -1;
    const found = {
      amount: at(cost === undefined ? names[format].amount : [plain(cost)]),
      currency: at(names[format].currency),
      time: at(names[format].time),
      account: at(names[format].account),
      service: at(names[format].service),
      charge: at(names[format].charge),
    };
    if (found.amount >= 0 && found.currency >= 0 && found.time >= 0) return { format, ...found };
  }
  return null;
}
