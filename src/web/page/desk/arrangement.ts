import { difference, keepOrder, listKeys, type Block, type Table } from '../first/order.ts';

/** How many rows stand elsewhere, and how many are new, in the order that waits. */
export interface Waiting {
  moved: number;
  fresh: number;
}

const none: Waiting = { moved: 0, fresh: 0 };

/**
 * The order in which rows stand before a person's eyes. It changes with what it is of (a window and a sort), and not while it
 * is held: numbers are those of now, rows stand where they stood, and what would move waits.
 */
export class Arrangement {
  shown: Table = { blocks: [], rows: [], earlier: [] };
  waiting = none;
  #of: string | null = null;

  get isEmpty(): boolean {
    return this.#of === null;
  }

  get waits(): boolean {
    return this.waiting.moved + this.waiting.fresh > 0;
  }

  /** Takes the table as it would be now; `of`: the window and the sort that its order is of. `force`: whatever is held. */
  take(wanted: Table, of: string, { held, force }: { held: boolean; force: boolean }): Table {
    if (force || this.#of === null || (of !== this.#of && !held)) {
      this.#of = of;
      this.waiting = none;
      this.shown = wanted;
      return wanted;
    }
    const { shown } = this;
    this.waiting = held ? difference(listKeys(shown), listKeys(wanted)) : none;
    const now = new Map(wanted.blocks.map((one) => [one.finding.id, one]));
    this.shown = {
      blocks: held ? shown.blocks.map((one) => renewBlock(one, now.get(one.finding.id))) : wanted.blocks,
      rows: keepOrder(shown.rows, wanted.rows, held),
      earlier: held ? keepOrder(shown.earlier, wanted.earlier, true) : wanted.earlier,
    };
    return this.shown;
  }
}

/** A block while its order is held: its members stand where they stood, with the numbers of now. */
function renewBlock(shown: Block, now: Block | undefined): Block {
  if (!now) return shown;
  const members = new Map(now.members.map((one) => [one.topic_id, one]));
  return { finding: now.finding, members: shown.members.map((one) => members.get(one.topic_id) ?? one) };
}
