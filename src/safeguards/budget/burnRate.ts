/** Alert when `fraction` of the limit would be gone in `long`, and the last `short` says that it still goes on. */
export interface BurnPolicy {
  name: string;
  /** Share of the whole limit, (0, 1]. */
  fraction: number;
  /** Windows in milliseconds; the short one makes the alert end soon after the trouble. */
  long: number;
  short: number;
  severity: 'info' | 'warning' | 'critical';
}

export interface BurnInput {
  /** All money in units of the currency. */
  limit: number;
  /** Length of the period, milliseconds. */
  period: number;
  spentLong: number;
  spentShort: number;
}

export interface BurnRate {
  /** How many times the even pace `limit / period` each window ran at. */
  longMultiple: number;
  shortMultiple: number;
  /** `fraction * period / long`: the multiple at which `fraction` of the limit goes in one long window. */
  firesAbove: number;
  /** Both multiples lie above `firesAbove`. */
  fires: boolean;
}

/**
 * Multi-window burn rate.
 * Source: The Site Reliability Workbook (Google, 2018), chapter 5, "Multiwindow, Multi-Burn-Rate Alerts".
 */
export function burnRate({ fraction, long, short }: BurnPolicy, { limit, period, spentLong, spentShort }: BurnInput): BurnRate {
  const pace = limit / period;
  const longMultiple = spentLong / (pace * long);
  const shortMultiple = spentShort / (pace * short);
  const firesAbove = (fraction * period) / long;
  return { longMultiple, shortMultiple, firesAbove, fires: longMultiple > firesAbove && shortMultiple > firesAbove };
}
