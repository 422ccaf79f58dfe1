import { html, nothing } from 'lit/html.js';
import type { BoardView, MarkRequest } from '../../client.ts';
import type { DeskHost, DeskView } from '../deskHost.ts';
import type { Drawn } from '../marks.ts';
import { buildTable, listIds, nextPattern, type Sort } from '../first/order.ts';
import { answerForm } from '../late/answerForm.ts';
import { help, unopened } from '../late/aside.ts';
import type { Route } from '../route.ts';
import { plural, shortIds } from '../words.ts';
import { Answering } from './answering.ts';
import { Arrangement } from './arrangement.ts';
import { fits, filterTable } from './filterTable.ts';
import { footer } from './footer.ts';
import { press, type KeyActs } from './keyboard.ts';
import { LookBack } from './lookBack.ts';
import { Opened } from './opened.ts';
import { Pause } from './pause.ts';
import { Pin } from './pin.ts';
import { radarMain } from './radarMain.ts';
import { RowFocus } from './rowFocus.ts';

const sorts: readonly Sort[] = ['score', 'count', 'group'];

/** What a person works with: the order of the rows, keys, the filter, answers, and the pages that an address opens. */
export class Desk implements KeyActs {
  readonly #host: DeskHost;
  readonly #order = new Arrangement();
  readonly #answering: Answering;
  readonly #opened: Opened;
  readonly #rows: RowFocus;
  readonly #pin = new Pin();
  #sort: Sort = 'score';
  #filter = '';
  #hovered = false;
  #help = false;
  #pause: Pause | null = null;
  #past: LookBack | null = null;
  #route: Route = { kind: 'radar', id: '', at: null };
  #scroll = 0;

  constructor(host: DeskHost) {
    this.#host = host;
    this.#opened = new Opened(host.adopt);
    this.#rows = new RowFocus(host.root, () => this.#draw());
    this.#answering = new Answering((request) => host.feed.mark(request));
  }

  close(): void {
    this.#opened.close();
  }

  press(event: KeyboardEvent): void {
    press(event, this);
  }

  /** A new board has come. */
  take(view: BoardView): void {
    this.#pause?.take(view);
  }

  /** The board that is shown: that of a window that was asked for, of a pause, or the newest. */
  show(newest: BoardView | null): DeskView {
    return { view: this.#past?.view ?? this.#pause?.view ?? newest, past: this.#past !== null, paused: this.#pause?.windows ?? null };
  }

  get helps(): boolean {
    return this.#help;
  }

  /** Rows stay where they are while somebody points at them, reads, writes or has marked them. */
  get #held(): boolean {
    const { activeElement: active } = this.#host.root;
    const focused = active !== null && active.closest('.row,form.answer') !== null;
    return this.#hovered || focused || this.#answering.asked !== null || getSelection()?.isCollapsed === false;
  }

  /** What waited is shown once nothing holds it any more. */
  settle(): void {
    if (this.#order.waits && !this.#held) this.#draw(true);
  }

  /** The address has changed. */
  follow(route: Route): void {
    const before = this.#route;
    this.#route = route;
    this.#answering.drop();
    const { feed } = this.#host;
    if (before.kind === 'radar' && route.kind !== 'radar') this.#scroll = window.scrollY;
    if (route.kind === 'radar') {
      this.#opened.close();
      if (route.at === null) this.#past = null;
      else if (this.#past?.at !== route.at)
        this.#past = new LookBack(
          route.at,
          (at) => feed.radarAt(at),
          () => this.#draw(true),
        );
    } else void this.#opened.follow(route, feed, () => this.#draw());
    this.#draw();
    if (before.kind !== route.kind) window.scrollTo(0, route.kind === 'radar' ? this.#scroll : 0);
    if (before.kind !== 'radar' && route.kind === 'radar') this.#rows.focus();
  }

  #draw(force = false): void {
    this.#host.redraw(force);
  }

  /** Opens the form for an answer. */
  ask = (type: MarkRequest['type'], target: string): void => {
    this.#answering.begin(type, target);
    this.#draw();
    this.#host.root.querySelector<HTMLElement>('form.answer input, form.answer select')?.focus();
  };

  async #send(request: MarkRequest): Promise<void> {
    const { feed, notice } = this.#host;
    if (await this.#answering.send(request, () => this.#draw())) {
      notice(`${request.type} kept`);
      await feed.open();
      this.#rows.focus();
    }
    this.#draw();
  }

  move(by: number): void {
    const { kind, id } = this.#route;
    if (kind !== 'p') return this.#rows.move(by);
    const { view } = this.show(this.#host.feed.state.view);
    const to = nextPattern(this.#order.isEmpty && view ? buildTable(view, this.#sort, null) : this.#order.shown, id, by);
    if (to !== undefined) location.hash = `#/p/${to}`;
  }

  open(): void {
    const address = this.#route.kind === 'radar' ? this.#rows.address : null;
    if (address !== null) this.#host.go(address);
  }

  back(writes: boolean): void {
    if (this.#answering.asked || this.#help) {
      this.#answering.drop();
      this.#help = false;
      this.#draw();
      this.#rows.focus();
    } else if (writes) (this.#host.root.activeElement as HTMLElement | null)?.blur();
    else if (this.#route.kind !== 'radar' || this.#past) location.hash = '#/';
  }

  answer(): void {
    if (this.#host.feed.state.viewer?.role !== 'ack') return;
    const { kind, id } = this.#route;
    const target = kind === 'p' || kind === 'e' ? id : (this.#rows.address?.split('/')[2] ?? this.#order.shown.blocks[0]?.finding.id);
    if (target) this.ask('ack', target);
  }

  filter(): void {
    this.#host.root.querySelector<HTMLElement>('.filter')?.focus();
  }

  sort(): void {
    this.#sort = sorts[(sorts.indexOf(this.#sort) + 1) % sorts.length]!;
    this.#draw(true);
  }

  pause(): void {
    const { view } = this.#host.feed.state;
    this.#pause = this.#pause || !view ? null : new Pause(view);
    this.#draw(true);
  }

  help(): void {
    this.#help = !this.#help;
    this.#draw();
  }

  /** What stands below the top line. `banner`: what is not to be believed. */
  draw(view: BoardView, { banner, force }: { banner: Drawn; force: boolean }): Drawn {
    const short = shortIds(listIds(view));
    const { isPage, feed } = this.#host;
    const { kind, id } = this.#route;
    const mayAnswer = feed.state.viewer?.role === 'ack';
    const { asked } = this.#answering;
    const form = asked
      ? answerForm(
          asked,
          short(asked.target),
          (request) => void this.#send(request),
          () => this.back(false),
        )
      : nothing;
    const head = html`${this.#help ? help() : nothing}`;
    if (kind === 'radar' || !isPage)
      return html`${head}${this.#radar(view, short, { banner, form, force, mayAnswer })}${isPage ? footer(kind, this.#first(), short) : nothing}`;
    const { page, failure } = this.#opened;
    const context = { view, short, mayAnswer, answer: this.ask, redraw: () => this.#draw() };
    return html`${head}
      <main>${banner}${form}${failure !== null ? unopened(failure) : (page?.draw(context) ?? html`<p class="pad">Reading.</p>`)}</main>
      ${footer(kind, id, short)}`;
  }

  /** What commands at the foot are about: what was chosen, else what is on top. */
  #first(): string | null {
    const { blocks, rows } = this.#order.shown;
    const [row] = rows;
    return this.#rows.key ?? blocks[0]?.finding.id ?? (row?.kind === 'row' ? row.blip.topic_id : null);
  }

  #radar(
    view: BoardView,
    short: (id: string) => string,
    { banner, form, force, mayAnswer }: { banner: Drawn; form: Drawn; force: boolean; mayAnswer: boolean },
  ): Drawn {
    const { isPage, attribute, feed, go } = this.#host;
    const past = this.#past;
    const wanted = this.#pin.take(buildTable(view, this.#sort, attribute('group')), this.#rows.key);
    const of = `${view.radar?.start} ${view.radar?.open} ${this.#sort} ${past?.at ?? ''}`;
    const arranged = this.#order.take(wanted, of, { held: this.#held, force });
    const { moved, fresh } = this.#order.waiting;
    return radarMain(view, filterTable(arranged, this.#filter, short), {
      short,
      link: feed.state.link,
      isPage,
      top: Number(attribute('top') ?? Number.NaN),
      mayAnswer: mayAnswer && isPage,
      banner,
      form,
      past,
      sort: this.#sort,
      filter: this.#filter,
      focus: this.#rows.key,
      fits: (group) => fits(this.#filter, group),
      waits: [moved > 0 ? `${plural(moved, 'row')} moved` : '', fresh > 0 ? `${fresh} new` : ''].filter(Boolean).join(', '),
      open: go,
      answer: this.ask,
      choose: (key) => this.#rows.choose(key),
      search: (words) => {
        this.#filter = words;
        this.#draw(true);
      },
      nextSort: () => this.sort(),
      apply: () => this.#draw(true),
      hover: ({ pointerType }, over) => {
        // A finger does not hover.
        this.#hovered = over && pointerType === 'mouse';
        if (!over) this.settle();
      },
      leave: () => window.setTimeout(() => this.settle(), 0),
    });
  }
}
