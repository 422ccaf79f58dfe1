import type { BlipView } from '../../client.ts';
import { blipKey, listKeys, type Row, type Table } from '../first/order.ts';

/** The row that was chosen stays in sight though it left the top: then it stands under what was earlier, as it was last. */
export class Pin {
  #last: BlipView | null = null;

  /** Takes the table as it is now; `chosen`: key of the row that was chosen, null before one was. */
  take(table: Table, chosen: string | null): Table {
    const row = table.rows.find(({ key }) => key === chosen);
    if (row?.kind === 'row') this.#last = row.blip;
    const last = this.#last;
    if (last === null || blipKey(last) !== chosen || listKeys(table).includes(chosen)) return table;
    const key = `was ${chosen}`;
    if (table.earlier.some((one) => one.key === key)) return table;
    const pinned: Row = { kind: 'earlier', key, blip: { ...last, until: last.end, trend_now: last.trend } };
    return { ...table, earlier: [pinned, ...table.earlier] };
  }
}
