import { settleOrders } from '../time/dateOrder.ts';
import type { StampClock } from '../time/stampClock.ts';
import type { TableRoles } from './tableRoles.ts';

/** Settles in what order the dates of a table are read, by those of its first rows, unless an option says so. */
export function settleTable(
  clock: StampClock,
  roles: TableRoles,
  sample: readonly (readonly string[])[],
  dayFirst: boolean,
  reference: number | undefined,
): void {
  if (dayFirst || sample.length === 0) return;
  const cells = sample.flatMap((row) => roles.time.map((index) => (row[index] ?? '').trim()));
  Object.assign(clock.order, settleOrders(cells, reference));
}
