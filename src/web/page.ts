import { html, nothing, render } from 'lit/html.js';
import type { BoardView } from './client.ts';
import { banner } from './page/banner.ts';
import type { Desk } from './page/desk/desk.ts';
import type { DeskHost, DeskView } from './page/deskHost.ts';
import { groupName, logo, type Drawn } from './page/marks.ts';
import { Feed, type FeedState } from './page/feed.ts';
import { nameTab } from './page/nameTab.ts';
import { News } from './page/news.ts';
import { readRoute } from './page/route.ts';
import { liveWord, sumLine, windowWords } from './page/standing.ts';
import { style } from './page/style.ts';
import { plural } from './page/words.ts';

/**
 * `<caducus-radar src group top theme>`: the radar, live, in anyone's page. With `page` it is the whole page: it follows the
 * address, and keys are its own. Says `caducus-choose` with `{ kind, id }` when a row is opened; who prevents that stays.
 */
export class CaducusRadar extends HTMLElement {
  static observedAttributes = ['src', 'group', 'top'];
  readonly #root = this.attachShadow({ mode: 'open' });
  readonly #news = new News();
  #feed: Feed | null = null;
  #asked = 0;
  /** The first picture, what it does without, and what a person works with, once they have come. */
  #first: typeof import('./page/first.ts') | null = null;
  #late: typeof import('./page/late.ts') | null = null;
  #desk: Desk | null = null;
  #coming: Promise<void> | null = null;
  /** That the rest could not be fetched, and that it is or was cut off since it could be. */
  #lacking = false;
  #cut = false;

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [];
    this.#adopt(style);
    this.#coming = this.#first = this.#late = null;
    this.#start();
    if (this.#isPage) {
      window.addEventListener('hashchange', this.#follow);
      document.addEventListener('keydown', this.#press);
    }
    document.addEventListener('selectionchange', this.#settle);
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#stop();
    window.removeEventListener('hashchange', this.#follow);
    document.removeEventListener('keydown', this.#press);
    document.removeEventListener('selectionchange', this.#settle);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (!this.isConnected || before === after) return;
    if (name === 'src') this.#start();
    this.#draw(true);
  }

  get #isPage(): boolean {
    return this.hasAttribute('page');
  }

  get #base(): string {
    return this.getAttribute('src') ?? new URL('.', import.meta.url).href;
  }

  #stop(): void {
    this.#feed?.close();
    this.#feed = null;
    this.#desk?.close();
    this.#desk = null;
  }

  #start(): void {
    this.#stop();
    this.#feed = new Feed(this.#base, (event) => {
      const { view, link } = this.#feed!.state;
      if (event === 'radar') {
        if (view) {
          this.#news.take(view);
          this.#desk?.take(view);
        }
        if (this.#lacking && this.#cut && this.#isPage) location.reload();
        this.#cut = false;
      } else if (link === 'cut') this.#cut = true;
      this.#ask();
      this.#wantLate();
    });
    if (this.#late) this.#sitDown(this.#late);
  }

  /** Draws at most once a second for news; what a person does is drawn at once. */
  #ask(): void {
    if (this.#asked !== 0) return;
    this.#asked = window.setTimeout(() => this.#draw(), this.#desk === null ? 0 : 200);
  }

  readonly #follow = (): void => this.#desk?.follow(readRoute(location.hash));
  readonly #settle = (): void => this.#desk?.settle();
  readonly #press = (event: KeyboardEvent): void => {
    if (this.#desk) this.#desk.press(event);
    else if (this.#feed?.state.view)
      void this.#needLate().then(
        () => this.#desk?.press(event),
        () => undefined,
      );
  };

  #adopt(text: string): void {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    this.#root.adoptedStyleSheets.push(sheet);
  }

  /** Loads the first picture, and beside it what that does without, once; their styles come with them. */
  #needLate(): Promise<void> {
    this.#coming ??= this.#load(import('./page/first.ts'), import('./page/late.ts'));
    return this.#coming;
  }

  async #load(first: Promise<typeof import('./page/first.ts')>, late: Promise<typeof import('./page/late.ts')>): Promise<void> {
    // Of the second it is heard behind the first, which may fail alone.
    late.catch(() => undefined);
    this.#first = await first;
    this.#adopt(this.#first.tableStyle);
    this.#draw();
    const rest = await late;
    if (!this.#feed) return;
    this.#adopt(rest.moreStyle);
    this.#late = rest;
    this.#sitDown(rest);
  }

  /** A module that could not be fetched is never fetched again by a browser: the page that lacks it is read anew once it can be. */
  #wantLate(): void {
    if (this.#coming === null) this.#needLate().catch(() => (this.#lacking = true));
  }

  #sitDown({ Desk }: typeof import('./page/late.ts')): void {
    const host: DeskHost = {
      root: this.#root,
      feed: this.#feed!,
      isPage: this.#isPage,
      adopt: (style) => this.#adopt(style),
      attribute: (name) => this.getAttribute(name),
      redraw: (force) => this.#draw(force),
      notice: (text) => (this.#news.text = text),
      go: (address) => this.#go(address),
    };
    this.#desk = new Desk(host);
    if (this.#isPage) this.#follow();
    else this.#draw();
  }

  #go(address: string): void {
    const [, kind = '', id = ''] = address.split('/');
    const event = new CustomEvent('caducus-choose', { detail: { kind, id }, bubbles: true, composed: true, cancelable: true });
    if (!this.dispatchEvent(event)) return;
    if (this.#isPage) location.hash = address;
    else window.open(new URL(`./#${address}`, this.#base), '_blank', 'noopener');
  }

  #draw(force = false): void {
    if (this.#asked !== 0) window.clearTimeout(this.#asked);
    this.#asked = 0;
    if (!this.isConnected || !this.#feed) return;
    const { state } = this.#feed;
    const shown = this.#desk?.show(state.view) ?? { view: state.view, past: false, paused: null };
    const anchor = this.#anchor();
    const draw = (): unknown =>
      render(
        state.link === 'denied' ? this.#denied(state) : shown.view ? this.#frame(shown.view, shown, force) : loading(state),
        this.#root,
      );
    if (this.#late) this.#late.slideRows(this.#root, draw);
    else draw();
    this.#keepInSight(anchor);
    if (this.#isPage) nameTab(shown.view);
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

  #denied({ why, token }: FeedState): Drawn {
    this.#wantLate();
    return this.#late === null ? nothing : this.#late.loginPage(why, token, async (given) => this.#feed?.logIn(given));
  }

  #frame(view: BoardView, { past, paused }: DeskView, force: boolean): Drawn {
    const { state } = this.#feed!;
    const desk = this.#desk;
    const group = this.getAttribute('group') ?? view.radar?.group_id ?? null;
    const over = banner(state, performance.now());
    return html`<header class="top" part="top">
        <span class="name">${this.#isPage ? html`<a href="#/">${logo}caducus</a>` : 'Radar'}</span>
        <span class="sub">${group === null ? html`<b>Radar</b> all groups` : groupName(group)}</span>
        ${windowWords(view, past)} ${liveWord(state, paused)}
        ${this.#isPage && desk ? html`<button type="button" class="keys" aria-expanded=${desk.helps} aria-label="help" @click=${() => desk.help()}>?</button>` : nothing}
      </header>
      <div class="vh" role="status">${this.#news.text}</div>
      <div class="vh" role="alert">${warn(state)}</div>
      ${desk ? desk.draw(view, { banner: over, force }) : this.#begin(view, over)} ${this.#isPage ? nothing : this.#foot(view)}`;
  }

  /** What stands below the top line before all has come: the sum at least. */
  #begin(view: BoardView, over: Drawn): Drawn {
    const isRadar = !this.#isPage || readRoute(location.hash).kind === 'radar';
    const body =
      isRadar && this.#first
        ? this.#first.firstMain(view, {
            isPage: this.#isPage,
            group: this.getAttribute('group'),
            top: this.getAttribute('top'),
            open: (address) => this.#go(address),
          })
        : nothing;
    return html`${isRadar ? sumLine(view, nothing) : nothing}
      <main>${over}${body}</main>`;
  }

  #foot({ radar }: BoardView): Drawn {
    return html`<footer>
      <span>${this.hasAttribute('group') ? nothing : plural(radar?.rest.patterns ?? 0, 'more pattern')}</span
      ><span class="paste"><a href=${new URL('./', this.#base).href} target="_blank" rel="noopener">open the radar</a></span>
    </footer>`;
  }
}

const loading = (state: FeedState): Drawn =>
  html`<div class="top"><span class="name">${logo}caducus</span></div>
    <main>${state.link === 'cut' ? banner(state, performance.now()) : html`<p class="pad">Reading the radar.</p>`}</main>`;

/** What is said aloud once, to who cannot see the page. */
const warn = ({ link, view }: FeedState): string =>
  link === 'cut' ? 'Cut off from caducus.' : view?.stale ? `Stale: ${view.stale.groups} of ${view.stale.of} groups can not be seen.` : '';

if (!customElements.get('caducus-radar')) customElements.define('caducus-radar', CaducusRadar);
