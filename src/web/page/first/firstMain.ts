import { html, nothing } from 'lit/html.js';
import type { BoardView } from '../../client.ts';
import type { Drawn } from '../marks.ts';
import { buildTable, listIds, listKeys } from './order.ts';
import { isCalm } from './isCalm.ts';
import { table } from './table.ts';
import { shortIds } from '../words.ts';

interface First {
  isPage: boolean;
  group: string | null;
  /** Rows at most, as an attribute says it. */
  top: string | null;
  open(address: string): void;
}

/** Lanes that are drawn, and findings beside them with a line for the rest: room is kept for so many. */
const most = { lanes: 8, findings: 4 };

/** The first picture, before all of the page has come: the table, and room for what will stand above. What is calm or empty waits. */
export function firstMain(view: BoardView, { isPage, group, top, open }: First): Drawn {
  if (!view.radar || (isPage && isCalm(view))) return nothing;
  const { blocks, rows, earlier } = buildTable(view, 'score', group);
  const asked = Number(top ?? Number.NaN);
  const cut = Number.isInteger(asked) && asked > 0 ? rows.slice(0, asked) : rows;
  const context = {
    view,
    short: shortIds(listIds(view)),
    focus: null,
    stop: listKeys({ blocks, rows: cut })[0] ?? null,
    open,
    answer: () => undefined,
    choose: () => undefined,
    mayAnswer: false,
    whole: isPage,
    stale: view.stale !== null,
  };
  const beside = view.findings.filter(({ type, state }) => type !== 'episode' && state !== 'pending').length;
  const room = html`<h1 class="vh">Radar</h1>
    <div class="room">
      <i class=${`r${Math.min(most.lanes, view.lanes.groups.length)}`}></i><i class=${`f${Math.min(most.findings, beside)}`}></i>
    </div>`;
  return html`${isPage ? room : nothing}
    <div class="table">${table(blocks, cut, earlier, 'score', context)}</div>`;
}
