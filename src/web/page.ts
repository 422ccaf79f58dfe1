// One file, because the element is one state: what is held, chosen, paused, written and asked for decide together what is drawn.
import { html, nothing, render } from 'lit/html.js';
import type { BoardView, MarkRequest } from './client.ts';
import type { Page, PageContext } from './page/context.ts';
import { button, groupName, logo, type Drawn } from './page/draw.ts';
import { Feed, type FeedState } from './page/feed.ts';
import { openRows } from './page/findingRows.ts';
import { keys } from './page/frame.ts';
import { lanes } from './page/lanes.ts';
import { difference, keepOrder, buildTable, listIds, type Row, type Sort, type Table } from './page/order.ts';
import { findingsPanel, firing, isCalm, liveWord, sumLine, windowWords } from './page/standing.ts';
import { style } from './page/style.ts';
import { table, type TableContext } from './page/table.ts';
import { plural, readable, shortIds, span } from './page/words.ts';

const sorts: readonly Sort[] = ['score', 'count', 'group'];

/** How long the first picture has for itself, milliseconds. */
const lateAfter = 300;

/** A window that was asked for by its time; why it cannot be shown, where it cannot. */
interface Past {
  at: string;
  view: BoardView | null;
  why: string;
}

interface Route {
  kind: 'radar' | 'p' | 'e' | 'findings' | 'graph' | 'why';
  id: string;
  at: string | null;
}

export function readRoute(hash: string): Route {
  const kinds: readonly string[] = ['p', 'e', 'findings', 'graph', 'why'];
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [kind = '', id = ''] = path.split('/', 2);
  const at = new URLSearchParams(query).get('at');
  let decoded = '';
  try {
    decoded = decodeURIComponent(id);
  } catch {
    // An address that somebody cut off: nothing has that id.
    decoded = id;
  }
  return { kind: kinds.includes(kind) ? (kind as Route['kind']) : 'radar', id: decoded, at };
}

/**
 * `<caducus-radar src group top theme>`: the radar, live, in anyone's page. With `page` it is the whole page: it follows the
 * address, and keys are its own. Says `caducus-choose` with `{ kind, id }` when a row is opened; who prevents that stays.
 */
export class CaducusRadar extends HTMLElement {
  static observedAttributes = ['src', 'group', 'top'];
  readonly #root = this.attachShadow({ mode: 'open' });
  #feed: Feed | null = null;
  #shown: Table = { blocks: [], rows: [], earlier: [] };
  /** The window whose order is shown, the sort it is in, and what waits for its turn. */
  #shownOrder = '';
  #waiting = { moved: 0, fresh: 0 };
  #sort: Sort = 'score';
  #filter = '';
  #focus: string | null = null;
  #hovered = false;
  #paused: { view: BoardView; windows: number; last: string } | null = null;
  #form: { type: MarkRequest['type']; target: string; error: string; busy: boolean } | null = null;
  #help = false;
  #route: Route = { kind: 'radar', id: '', at: null };
  #page: { key: string; page: Page } | null = null;
  #past: Past | null = null;
  #notice = '';
  #states = new Map<string, string>();
  #asked = 0;
  #scroll = 0;
  #failure: string | null = null;
  #late: typeof import('./page/late.ts') | null = null;
  /** That the rest could not be fetched, and that it is or was cut off since it could be. */
  #lacking = false;
  #cut = false;
  #asking: Promise<void> | null = null;

  connectedCallback(): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.#root.adoptedStyleSheets = [sheet];
    this.#asking = null;
    this.#late = null;
    this.#start();
    if (this.#isPage) {
      window.addEventListener('hashchange', this.#follow);
      document.addEventListener('keydown', this.#press);
      this.#follow();
    }
    document.addEventListener('selectionchange', this.#settle);
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#feed?.close();
    this.#feed = null;
    window.removeEventListener('hashchange', this.#follow);
    document.removeEventListener('keydown', this.#press);
    document.removeEventListener('selectionchange', this.#settle);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.isConnected || before === after) return;
    if (name === 'src') this.#start();
    this.#draw();
  }

  get #isPage(): boolean {
    return this.hasAttribute('page');
  }

  #start(): void {
    this.#feed?.close();
    const base = this.getAttribute('src') ?? new URL('.', import.meta.url).href;
    this.#feed = new Feed(base, (event) => {
      if (event === 'radar') {
        this.#take();
        if (this.#lacking && this.#cut && this.#isPage) location.reload();
        this.#cut = false;
      } else if (this.#feed?.state.link === 'cut') this.#cut = true;
      this.#ask();
      // The rest behind the first picture: what it is for may be wanted when nothing can be fetched.
      if (this.#asking === null) window.setTimeout(() => this.#wantLate(), lateAfter);
    });
  }

  /** Draws at most once a second for news; what a person does is drawn at once. */
  #ask(): void {
    if (this.#asked !== 0) return;
    this.#asked = window.setTimeout(() => this.#draw(), this.#shownOrder === '' ? 0 : 200);
  }

  /** A new board: what changed state is announced, once. */
  #take(): void {
    const view = this.#feed?.state.view;
    if (!view) return;
    if (this.#paused && view.radar && view.radar.start !== this.#paused.last) {
      this.#paused.windows += 1;
      this.#paused.last = view.radar.start;
    }
    const changed = view.findings.filter(({ id, state }) => this.#states.size > 0 && this.#states.get(id) !== state && state !== 'pending');
    this.#states = new Map(view.findings.map(({ id, state }) => [id, state]));
    this.#states.set('', '');
    const [first] = changed;
    if (first)
      this.#notice = `${first.title} ${first.state}${first.type === 'episode' ? `, score ${Math.round(first.result.score)}` : ''}${changed.length > 1 ? `, and ${changed.length - 1} more` : ''}`;
  }

  /** The board that is shown: the newest, that of a pause, or that of a window that was asked for. */
  get #view(): BoardView | null {
    return this.#past?.view ?? this.#paused?.view ?? this.#feed?.state.view ?? null;
  }

  /** Rows stay where they are while somebody points at them, reads, writes or has marked them. */
  get #held(): boolean {
    const focused = this.#root.activeElement?.closest('.row,form.answer') !== null && this.#root.activeElement !== null;
    const selected = getSelection()?.isCollapsed === false;
    return this.#hovered || focused || this.#form !== null || selected;
  }

  readonly #settle = (): void => {
    if (this.#waiting.moved + this.#waiting.fresh > 0 && !this.#held) this.#draw(true);
  };

  /** The order of the table: as it was while it is held, and between the closes of windows; else as it would be. */
  #arrange(view: BoardView, force: boolean): Table {
    const wanted = buildTable(view, this.#sort, this.getAttribute('group'));
    const order = `${view.radar?.start} ${view.radar?.open} ${this.#sort} ${this.#past?.at ?? ''}`;
    const keys = (one: Table): string[] => [
      ...one.blocks.flatMap(({ finding, members }) => [finding.id, ...members.map(({ topic_id: id }) => id)]),
      ...one.rows.map(({ key }) => key),
    ];
    if (force || this.#shownOrder === '' || (order !== this.#shownOrder && !this.#held)) {
      this.#shownOrder = order;
      this.#shown = wanted;
      this.#waiting = { moved: 0, fresh: 0 };
      return wanted;
    }
    const held = this.#held;
    this.#waiting = held ? difference(keys(this.#shown), keys(wanted)) : { moved: 0, fresh: 0 };
    const ids = new Map(wanted.blocks.map((one) => [one.finding.id, one]));
    const blocks = held ? this.#shown.blocks.map((one) => heldBlock(one, ids.get(one.finding.id))) : wanted.blocks;
    this.#shown = {
      blocks,
      rows: keepOrder(this.#shown.rows, wanted.rows, held),
      earlier: held ? keepOrder(this.#shown.earlier, wanted.earlier, true) : wanted.earlier,
    };
    return this.#shown;
  }

  readonly #follow = (): void => {
    const before = this.#route;
    const route = readRoute(location.hash);
    this.#route = route;
    this.#form = null;
    if (before.kind === 'radar' && route.kind !== 'radar') this.#scroll = window.scrollY;
    const key = `${route.kind} ${route.id} ${route.at}`;
    if (route.kind === 'radar') {
      this.#page?.page.close?.();
      this.#page = null;
      this.#lookBack(route.at);
    } else if (this.#page?.key !== key) void this.#load(route, key);
    this.#draw();
    if (before.kind !== route.kind) window.scrollTo(0, route.kind === 'radar' ? this.#scroll : 0);
    if (before.kind !== 'radar' && route.kind === 'radar') this.#focusRow(this.#focus);
  };

  /** A window that is over, by its time. */
  #lookBack(at: string | null): void {
    if (at === null) this.#past = null;
    else if (this.#past?.at !== at) {
      const past: Past = { at, view: null, why: '' };
      this.#past = past;
      const done = (): void => this.#draw(true);
      this.#feed?.radarAt(at).then(
        (view) => {
          past.view = view;
          done();
        },
        (error: Error) => {
          past.why = error.message;
          done();
        },
      );
    }
  }

  /** Loads what the first screen does without, once; its style comes with it. */
  #needLate(): Promise<void> {
    this.#asking ??= import('./page/late.ts').then((late) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(late.moreStyle);
      this.#root.adoptedStyleSheets.push(sheet);
      this.#late = late;
      this.#draw();
    });
    return this.#asking;
  }

  /** A module that could not be fetched is never fetched again by a browser: the page that lacks it is read anew once it can be. */
  #wantLate(): void {
    this.#needLate().catch(() => (this.#lacking = true));
  }

  async #load(route: Route, key: string): Promise<void> {
    const feed = this.#feed;
    if (!feed) return;
    this.#page?.page.close?.();
    this.#page = null;
    try {
      await this.#needLate();
      const redraw = (): void => this.#draw();
      const page: Page =
        route.kind === 'p'
          ? new (await import('./page/pattern.ts')).PatternPage(feed, route.id, route.at, redraw)
          : route.kind === 'e'
            ? new (await import('./page/episode.ts')).EpisodePage(feed, route.id, redraw)
            : route.kind === 'graph'
              ? new (await import('./page/graph.ts')).GraphPage(feed, redraw)
              : route.kind === 'why'
                ? new (await import('./page/whyNot.ts')).WhyNotPage(feed, { subject: route.id, at: route.at }, redraw)
                : new (await import('./page/findings.ts')).FindingsPage();
      if (this.#route !== route) return page.close?.();
      this.#page = { key, page };
      this.#failure = null;
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
    }
    this.#draw();
  }

  #go(address: string): void {
    const [, kind = '', id = ''] = address.split('/');
    const event = new CustomEvent('caducus-choose', { detail: { kind, id }, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(event)) return;
    if (this.#isPage) location.hash = address;
    else window.open(new URL(`./#${address}`, this.getAttribute('src') ?? import.meta.url), '_blank', 'noopener');
  }

  #answer = (type: MarkRequest['type'], target: string): void => {
    this.#form = { type, target, error: '', busy: false };
    this.#draw();
    const begin = (): void => this.#root.querySelector<HTMLElement>('form.answer input, form.answer select')?.focus();
    if (this.#late) begin();
    else this.#needLate().then(begin, () => undefined);
  };

  async #send(request: MarkRequest): Promise<void> {
    const form = this.#form;
    if (!form) return;
    form.busy = true;
    form.error = '';
    this.#draw();
    try {
      await this.#feed?.mark(request);
      this.#form = null;
      this.#notice = `${request.type} kept`;
      await this.#feed?.open();
      this.#focusRow(this.#focus);
    } catch (error) {
      form.busy = false;
      form.error = error instanceof Error ? error.message : String(error);
    }
    this.#draw();
  }

  readonly #press = (event: KeyboardEvent): void => {
    const inside = event.composedPath()[0];
    const writes = inside instanceof HTMLElement && inside.matches('input,select,textarea');
    if (event.key === 'Escape') return this.#escape(writes);
    if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
    const isButton = inside instanceof HTMLElement && inside.matches('button,a');
    const act: Record<string, () => void> = {
      j: () => this.#move(1),
      ArrowDown: () => this.#move(1),
      k: () => this.#move(-1),
      ArrowUp: () => this.#move(-1),
      Enter: () => this.#openFocus(),
      a: () => this.#answerFocus(),
      '/': () => this.#root.querySelector<HTMLElement>('.filter')?.focus(),
      s: () => this.#nextSort(),
      p: () => this.#pause(),
      '?': () => this.#toggleHelp(),
    };
    const run = act[event.key];
    if (!run || (event.key === 'Enter' && isButton)) return;
    event.preventDefault();
    run();
  };

  #escape(writes: boolean): void {
    if (this.#form || this.#help) {
      this.#form = null;
      this.#help = false;
      this.#draw();
      this.#focusRow(this.#focus);
    } else if (writes) (this.#root.activeElement as HTMLElement | null)?.blur();
    else if (this.#route.kind !== 'radar' || this.#past) location.hash = '#/';
  }

  #rows(): HTMLElement[] {
    return [...this.#root.querySelectorAll<HTMLElement>('tr.row')];
  }

  /** The next row; on the page of a pattern, the page of the next. */
  #move(by: number): void {
    const { kind, id } = this.#route;
    if (kind === 'p') {
      const view = this.#view;
      const { blocks, rows: lines } = this.#shownOrder === '' && view ? buildTable(view, this.#sort, null) : this.#shown;
      const ids = [
        ...blocks.flatMap(({ members }) => members.map(({ topic_id: one }) => one)),
        ...lines.flatMap((row) => (row.kind === 'row' && row.blip.volume === undefined ? [row.blip.topic_id] : [])),
      ];
      const to = ids[ids.findIndex((one) => one.startsWith(id)) + by];
      if (to !== undefined) location.hash = `#/p/${to}`;
      return;
    }
    const rows = this.#rows();
    const at = rows.findIndex(({ dataset }) => dataset['key'] === this.#focus);
    const active = this.#root.activeElement?.closest('tr.row');
    const next = rows[active ? Math.max(0, Math.min(rows.length - 1, at + by)) : Math.max(0, at)];
    if (next) this.#focusRow(next.dataset['key'] ?? null);
  }

  #focusRow(key: string | null): void {
    if (key === null) return;
    this.#focus = key;
    this.#draw();
    const row = this.#rows().find(({ dataset }) => dataset['key'] === key);
    row?.focus({ preventScroll: false });
    row?.scrollIntoView?.({ block: 'nearest' });
  }

  #openFocus(): void {
    if (this.#route.kind !== 'radar' || this.#focus === null) return;
    const id = this.#root.querySelector<HTMLAnchorElement>(`tr.row[data-key="${CSS.escape(this.#focus)}"] a.id`);
    if (id) this.#go(id.hash.slice(1));
  }

  #answerFocus(): void {
    if (this.#feed?.state.viewer?.role !== 'ack') return;
    const { kind, id } = this.#route;
    if (kind === 'p' || kind === 'e') return this.#answer('ack', id);
    const target =
      this.#root.querySelector<HTMLAnchorElement>(`tr.row[data-key="${CSS.escape(this.#focus ?? '')}"] a.id`)?.hash.split('/')[2] ??
      this.#shown.blocks[0]?.finding.id;
    if (target) this.#answer('ack', target);
  }

  #nextSort(): void {
    this.#sort = sorts[(sorts.indexOf(this.#sort) + 1) % sorts.length]!;
    this.#draw(true);
  }

  #pause(): void {
    const view = this.#feed?.state.view;
    this.#paused = this.#paused || !view ? null : { view, windows: 0, last: view.radar?.start ?? '' };
    this.#draw(true);
  }

  #toggleHelp(): void {
    this.#help = !this.#help;
    this.#draw();
  }

  #draw(force = false): void {
    if (this.#asked !== 0) window.clearTimeout(this.#asked);
    this.#asked = 0;
    if (!this.isConnected || !this.#feed) return;
    const { state } = this.#feed;
    const view = this.#view;
    const anchor = this.#anchor();
    render(state.link === 'denied' ? this.#denied(state) : view ? this.#frame(view, state, force) : this.#loading(state), this.#root);
    this.#keepInSight(anchor);
    if (this.#isPage) this.#title(view);
  }

  /** Where the row in focus stands, so that what comes in above it does not push it. */
  #anchor(): { row: Element; top: number } | null {
    const row = this.#root.activeElement?.closest('tr.row');
    return row ? { row, top: row.getBoundingClientRect().top } : null;
  }

  #keepInSight(anchor: { row: Element; top: number } | null): void {
    if (!anchor?.row.isConnected) return;
    const by = anchor.row.getBoundingClientRect().top - anchor.top;
    if (Math.abs(by) >= 1 && this.#isPage) window.scrollBy(0, by);
  }

  #title(view: BoardView | null): void {
    const many = view ? firing(view) : 0;
    document.title = `${many > 0 ? `(${many} firing) ` : ''}Radar, caducus`;
    const shape = many > 0 ? 'icon-firing.svg' : 'icon.svg';
    const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (link && link.getAttribute('href') !== shape) link.setAttribute('href', shape);
  }

  #denied({ why, token }: FeedState): Drawn {
    this.#wantLate();
    return this.#late === null ? nothing : this.#late.loginPage(why, token, async (given) => this.#feed?.logIn(given));
  }

  /** What is not calm and not to be believed. That it is cut off is said without the rest, which may never have come. */
  #banner(state: FeedState): Drawn {
    if (this.#late) return this.#late.banner(state, performance.now());
    return state.link === 'cut' ? html`<section class="banner"><h1>CUT OFF from caducus.</h1></section>` : nothing;
  }

  #loading(state: FeedState): Drawn {
    return html`<div class="top"><span class="name">${logo}caducus</span></div>
      <main>${state.link === 'cut' ? this.#banner(state) : html`<p class="pad">Reading the radar.</p>`}</main>`;
  }

  #frame(view: BoardView, state: FeedState, force: boolean): Drawn {
    const short = shortIds(listIds(view));
    const group = this.getAttribute('group') ?? view.radar?.group_id ?? null;
    const mayAnswer = state.viewer?.role === 'ack';
    const alert =
      state.link === 'cut'
        ? 'Cut off from caducus.'
        : view.stale
          ? `Stale: ${view.stale.groups} of ${view.stale.of} groups can not be seen.`
          : '';
    const { kind } = this.#route;
    const context: PageContext = { view, short, mayAnswer, answer: this.#answer, redraw: () => this.#draw() };
    const form =
      this.#form &&
      this.#late &&
      this.#late.answerForm(
        this.#form,
        short(this.#form.target),
        (request) => void this.#send(request),
        () => this.#escape(false),
      );
    return html`<header class="top" part="top">
        <span class="name">${this.#isPage ? html`<a href="#/">${logo}caducus</a>` : 'Radar'}</span>
        <span class="sub">${group === null ? html`<b>Radar</b> all groups` : groupName(group)}</span>
        ${windowWords(view, this.#past !== null)} ${liveWord(state, this.#paused?.windows ?? null)}
        ${this.#isPage ? html`<button type="button" class="keys" aria-expanded=${this.#help} aria-label="help" @click=${() => this.#toggleHelp()}>?</button>` : nothing}
      </header>
      <div class="vh" role="status">${this.#notice}</div>
      <div class="vh" role="alert">${alert}</div>
      ${this.#help && this.#late ? this.#late.help() : nothing}
      ${kind === 'radar' || !this.#isPage ? this.#radar(view, state, short, mayAnswer, form, force) : html`<main>${this.#banner(state)}${form}${this.#failure !== null ? html`<p>${this.#failure}</p>` : (this.#page?.page.draw(context) ?? html`<p class="pad">Reading.</p>`)}</main>`}
      ${
        this.#isPage
          ? keys(
              kind,
              kind === 'radar' ? (this.#focus ?? this.#shown.blocks[0]?.finding.id ?? firstKey(this.#shown)) : this.#route.id,
              short,
            )
          : html`<footer>
              <span>${this.hasAttribute('group') ? nothing : plural(view.radar?.rest.patterns ?? 0, 'more pattern')}</span
              ><span class="paste"
                ><a href=${new URL('./', this.getAttribute('src') ?? import.meta.url).href} target="_blank" rel="noopener"
                  >open the radar</a
                ></span
              >
            </footer>`
      }`;
  }

  /** The filter and the sort, beside the sum. */
  #tools(): Drawn {
    if (!this.#isPage) return nothing;
    return html`<span class="tools">
      <input
        class="filter"
        type="search"
        placeholder="/ filter by word, group, id"
        aria-label="filter by word, group, id"
        .value=${this.#filter}
        @input=${(event: InputEvent) => {
          this.#filter = (event.target as HTMLInputElement).value.toLowerCase();
          this.#draw(true);
        }}
      />
      ${button(`sort: ${this.#sort}`, () => this.#nextSort(), { key: 's' })}
    </span>`;
  }

  #radar(view: BoardView, state: FeedState, short: (id: string) => string, mayAnswer: boolean, form: Drawn | null, force: boolean): Drawn {
    const past = this.#past;
    const arranged = this.#arrange(view, force);
    const shown = this.#filtered(arranged, short);
    const calm = this.#isPage && past === null && state.link !== 'cut' && isCalm(view);
    const blind = view.stale !== null || state.link === 'cut';
    const top = Number(this.getAttribute('top') ?? Number.NaN);
    const rows = Number.isInteger(top) && top > 0 ? shown.rows.slice(0, top) : shown.rows;
    const keysNow = [
      ...shown.blocks.flatMap(({ finding, members }) => [finding.id, ...members.map(({ topic_id: id }) => id)]),
      ...shown.rows.map(({ key }) => key),
    ];
    const stop = this.#focus !== null && keysNow.includes(this.#focus) ? this.#focus : (keysNow[0] ?? null);
    const context: TableContext = {
      view,
      short,
      focus: this.#focus,
      stop,
      open: (address) => this.#go(address),
      answer: (type, target) => this.#answer(type, target),
      choose: (key) => {
        if (this.#focus === key) return;
        this.#focus = key;
        this.#draw();
      },
      mayAnswer: mayAnswer && this.#isPage,
      whole: this.#isPage,
      stale: blind,
    };
    const { calmHead, pulse, sources } = this.#late ?? { calmHead: none, pulse: none, sources: none };
    const waiting = this.#waiting.moved + this.#waiting.fresh;
    const first = shown.blocks[0]?.finding ?? view.findings.find(({ state: word }) => word === 'firing');
    const group = (name: string): boolean => this.#fits(name);
    return html`${calm ? nothing : sumLine(view, this.#tools())}
      <main>
        ${this.#banner(state)}
        ${past ? html`<p class="crumbs"><a href="#/">Radar now</a><span>${past.view ? html`as it was in <b>${span(past.view.radar!.start, past.view.radar!.end)}</b>` : past.why === '' ? 'reading the window' : readable(past.why)}</span></p>` : nothing}
        ${calm ? html`${calmHead(view, short)}${pulse(view)}` : this.#isPage ? html`<h1 class="vh">Radar</h1>` : nothing}
        ${!this.#isPage || !view.radar ? nothing : blind ? html`${sources(view, true)}${lanes(view, short, group)}` : html`<div class=${calm ? 'pair even' : 'pair'}>${lanes(view, short, group)}${calm ? sources(view, false) : findingsPanel(view, (one) => openRows(one, short, 3))}</div>`}
        ${form}
        ${
          view.radar
            ? html`<div
                class="table"
                @pointerenter=${(event: PointerEvent) => this.#hover(event, true)}
                @pointerleave=${(event: PointerEvent) => this.#hover(event, false)}
                @focusout=${() => window.setTimeout(this.#settle, 0)}
              >
                ${waiting > 0 ? html`<button type="button" class="moved" @click=${() => this.#draw(true)}>${[this.#waiting.moved > 0 ? `${plural(this.#waiting.moved, 'row')} moved` : '', this.#waiting.fresh > 0 ? `${this.#waiting.fresh} new` : ''].filter(Boolean).join(', ')}</button>` : nothing}
                ${table(shown.blocks, rows, shown.earlier, this.#sort, context)}
              </div>`
            : html`<section class="panel">
                <header><h1>Nothing yet</h1></header>
                <p class="none">
                  No event was read. These fill it: <code>caducus demo init</code>,
                  <code>caducus run radar.yaml --http 127.0.0.1:9464</code>, <code>caducus serve app.log</code>
                </p>
              </section>`
        }
      </main>
      ${this.#isPage && mayAnswer && first ? html`<div class="thumb">${button(`ack ${short(first.id)}`, () => this.#answer('ack', first.id), { main: true })}${button('silence', () => this.#answer('silence', first.id))}${button('note', () => this.#answer('note', first.id))}</div>` : nothing}`;
  }

  /** A finger does not hover. */
  #hover({ pointerType }: PointerEvent, over: boolean): void {
    this.#hovered = over && pointerType === 'mouse';
    if (!over) this.#settle();
  }

  #fits(...texts: string[]): boolean {
    return this.#filter === '' || texts.some((text) => text.toLowerCase().includes(this.#filter));
  }

  #filtered({ blocks, rows, earlier }: Table, short: (id: string) => string): Table {
    if (this.#filter === '') return { blocks, rows, earlier };
    const fits = (row: Row): boolean =>
      row.kind === 'quiet'
        ? this.#fits(row.group.group_id, 'no data')
        : this.#fits(row.blip.pattern, row.blip.group_id, row.blip.topic_id, row.blip.state, short(row.blip.topic_id));
    const kept = blocks.map((one) => ({
      ...one,
      members: one.members.filter(({ label, group_id: group, topic_id: id }) => this.#fits(label, group, id)),
    }));
    return {
      blocks: kept.filter(({ members, finding }) => members.length > 0 || this.#fits(finding.id)),
      rows: rows.filter(fits),
      earlier: earlier.filter(fits),
    };
  }
}

/** What is not loaded yet is not drawn yet. */
const none = (): Drawn => nothing;

/** What is on top of a table without episodes. */
const firstKey = ({ rows }: Table): string | null => {
  const [first] = rows;
  return first?.kind === 'row' ? first.blip.topic_id : null;
};

/** A block while its order is held: its members stand where they stood, with the numbers of now. */
function heldBlock(shown: Table['blocks'][number], now: Table['blocks'][number] | undefined): Table['blocks'][number] {
  if (!now) return shown;
  const members = new Map(now.members.map((one) => [one.topic_id, one]));
  return { finding: now.finding, members: shown.members.map((one) => members.get(one.topic_id) ?? one) };
}

if (!customElements.get('caducus-radar')) customElements.define('caducus-radar', CaducusRadar);
