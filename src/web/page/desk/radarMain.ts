import { html, nothing } from 'lit/html.js';
import type { BoardView } from '../../client.ts';
import { button } from '../first/draw.ts';
import type { Drawn } from '../marks.ts';
import type { Link } from '../feed.ts';
import { openRows } from '../findingRows.ts';
import { lanes } from '../lanes.ts';
import { calmHead, pulse } from '../late/calm.ts';
import { sources } from '../late/sources.ts';
import { listKeys, type Sort, type Table } from '../first/order.ts';
import { sumLine } from '../standing.ts';
import { findingsPanel } from '../findingRows.ts';
import { isCalm } from '../first/isCalm.ts';
import { table, type TableContext } from '../first/table.ts';
import { readable, span } from '../words.ts';
import type { LookBack } from './lookBack.ts';

/** What the radar is drawn with, and what is done on it. */
export interface RadarDesk extends Pick<TableContext, 'short' | 'open' | 'answer' | 'choose' | 'focus' | 'mayAnswer'> {
  link: Link;
  isPage: boolean;
  /** Rows at most; not a number for all. */
  top: number;
  banner: Drawn;
  form: Drawn;
  past: LookBack | null;
  sort: Sort;
  filter: string;
  /** Whether a group has the words of the filter. */
  fits(group: string): boolean;
  /** What waits for its turn, in words; empty when nothing does. */
  waits: string;
  search(words: string): void;
  nextSort(): void;
  apply(): void;
  hover(event: PointerEvent, over: boolean): void;
  leave(): void;
}

/** The radar below its top line: the sum, what stands above the table, the table, and three buttons for a thumb. */
export function radarMain(view: BoardView, shown: Table, desk: RadarDesk): Drawn {
  const { short, isPage, past, link } = desk;
  const calm = isPage && past === null && link !== 'cut' && isCalm(view);
  const blind = view.stale !== null || link === 'cut';
  const first = shown.blocks[0]?.finding ?? view.findings.find(({ state }) => state === 'firing');
  const beside = (): Drawn => (calm ? sources(view, false) : findingsPanel(view, (one) => openRows(one, short, 3)));
  return html`${calm ? nothing : sumLine(view, isPage ? tools(desk) : nothing)}
    <main>
      ${desk.banner} ${past ? crumbs(past) : nothing}
      ${calm ? html`${calmHead(view, short)}${pulse(view)}` : isPage ? html`<h1 class="vh">Radar</h1>` : nothing}
      ${
        !isPage || !view.radar
          ? nothing
          : view.stale !== null && link !== 'cut'
            ? html`${sources(view, true)}${lanes(view, short, desk.fits)}`
            : html`<div class=${calm ? 'pair even' : 'pair'}>${lanes(view, short, desk.fits)}${beside()}</div>`
      }
      ${desk.form}${view.radar ? held(view, shown, blind, desk) : empty()}
    </main>
    ${desk.mayAnswer && first ? thumb(first.id, desk) : nothing}`;
}

/** The filter and the sort, beside the sum. */
const tools = ({ filter, sort, search, nextSort }: RadarDesk): Drawn =>
  html`<span class="tools">
    <input
      class="filter"
      type="search"
      placeholder="/ filter by word, group, id"
      aria-label="filter by word, group, id"
      .value=${filter}
      @input=${(event: InputEvent) => search((event.target as HTMLInputElement).value)}
    />
    ${button(`sort: ${sort}`, nextSort, { key: 's' })}
  </span>`;

function crumbs({ view, why }: LookBack): Drawn {
  const what = view?.radar
    ? html`as it was in <b>${span(view.radar.start, view.radar.end)}</b>`
    : why === ''
      ? 'reading the window'
      : readable(why);
  return html`<p class="crumbs"><a href="#/">Radar now</a><span>${what}</span></p>`;
}

/** The table, which knows when somebody points at it, and says what waits meanwhile. */
function held(view: BoardView, { blocks, rows, earlier }: Table, stale: boolean, desk: RadarDesk): Drawn {
  const { top, focus, isPage, waits } = desk;
  const cut = Number.isInteger(top) && top > 0 ? rows.slice(0, top) : rows;
  const keys = listKeys({ blocks, rows: cut });
  const stop = focus !== null && keys.includes(focus) ? focus : (keys[0] ?? null);
  const context: TableContext = { ...desk, view, stop, whole: isPage, stale };
  return html`<div
    class="table"
    @pointerenter=${(event: PointerEvent) => desk.hover(event, true)}
    @pointerleave=${(event: PointerEvent) => desk.hover(event, false)}
    @focusout=${desk.leave}
  >
    ${waits === '' ? nothing : html`<button type="button" class="moved" @click=${desk.apply}>${waits}</button>`}
    ${table(blocks, cut, earlier, desk.sort, context)}
  </div>`;
}

const empty = (): Drawn =>
  html`<section class="panel">
    <header><h1>Nothing yet</h1></header>
    <p class="none">
      No event was read. These fill it: <code>caducus demo init</code>, <code>caducus run radar.yaml --http 127.0.0.1:9464</code>,
      <code>caducus serve app.log</code>
    </p>
  </section>`;

const thumb = (id: string, { short, answer }: RadarDesk): Drawn =>
  html`<div class="thumb">
    ${button(`ack ${short(id)}`, () => answer('ack', id), { main: true })}${button('silence', () => answer('silence', id))}${button('note', () => answer('note', id))}
  </div>`;
