/** What a cost report's row is made of, by the names its columns have. */
export interface CostColumns {
  format: 'cur' | 'focus' | 'google' | 'azure';
  amount: number;
  currency: number;
  time: number;
  /** Most telling first: a charge of the whole organisation names no account below it. */
  account: readonly number[];
  service: number;
  /** Usage, tax, credit, refund ... */
  charge: number;
  /** Begin of the billing period a row is charged in; -1 where a report does not say. */
  period: number;
}

/** Names in the legacy Cost and Usage Report, in CUR 2.0, in FOCUS 1.x and in the exports that Google and Azure have of their own; compared in lower case without anything but letters. */
const names = {
  cur: {
    amount: ['lineitemunblendedcost'],
    currency: ['lineitemcurrencycode'],
    time: ['lineitemusagestartdate'],
    account: ['lineitemusageaccountid'],
    service: ['lineitemproductcode'],
    charge: ['lineitemlineitemtype'],
    period: ['billbillingperiodstartdate'],
  },
  focus: {
    amount: ['billedcost'],
    currency: ['billingcurrency'],
    time: ['chargeperiodstart'],
    account: ['subaccountid', 'billingaccountid'],
    service: ['servicename', 'xservicecode'],
    charge: ['chargecategory'],
    period: ['billingperiodstart'],
  },
  google: {
    amount: ['cost'],
    currency: ['currency'],
    time: ['usagestarttime', 'usagestartdate'],
    account: ['projectid', 'projectname', 'billingaccountid'],
    service: ['servicedescription', 'serviceid'],
    charge: ['costtype'],
    period: ['invoicemonth'],
  },
  azure: {
    amount: ['costinbillingcurrency', 'pretaxcost', 'cost'],
    currency: ['billingcurrencycode', 'billingcurrency', 'currency'],
    time: ['date', 'usagedatetime', 'usagedate'],
    account: ['subscriptionid', 'subscriptionguid', 'subscriptionname'],
    service: ['metercategory', 'consumedservice', 'servicename'],
    charge: ['chargetype'],
    period: ['billingperiodstartdate'],
  },
} as const;

const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

/**
 * Finds the columns of a cost report in its header; null when it is none. `cost` names another column with the amount,
 * such as `EffectiveCost` or `lineItem/BlendedCost`.
 */
export function costColumns(header: readonly string[], cost: string | undefined): CostColumns | null {
  const columns = header.map(plain);
  for (const format of ['cur', 'focus', 'google', 'azure'] as const) {
    const at = (wanted: readonly string[]) => wanted.map((name) => columns.indexOf(name)).find((index) => index >= 0) ?? -1;
    const found = {
      amount: at(cost === undefined ? names[format].amount : [plain(cost)]),
      currency: at(names[format].currency),
      time: at(names[format].time),
      account: names[format].account.map((name) => columns.indexOf(name)).filter((index) => index >= 0),
      service: at(names[format].service),
      charge: at(names[format].charge),
      period: at(names[format].period),
    };
    if (found.amount >= 0 && found.currency >= 0 && found.time >= 0) return { format, ...found };
  }
  return null;
}
