import type { BoardView, EpisodeAnswer, Mark, MarkRequest, PatternAnswer, RadarAnswer, WhyNotAnswer } from '../client.ts';

/** How the page stands to the radar. */
export type Link = 'loading' | 'open' | 'cut' | 'denied';

export interface FeedState {
  link: Link;
  view: BoardView | null;
  viewer: RadarAnswer['viewer'] | null;
  /** Since when it is cut off, and when it tries again; milliseconds of the page's clock. */
  since: number;
  next: number;
  /** Why nobody is let in, and whether a token would do. */
  why: string;
  token: boolean;
}

/** Without a word for this long the radar is cut off, and where a broken stream is not open again for so long; a try every so often. Milliseconds. */
const silence = 30_000;
const broken = 4_000;
const retry = 5_000;
/** A tick that comes so late means that the page was asleep: what it shows is old, and its stream is dead. */
const asleep = 10_000;
/**
 * A page that nobody has looked at for so long gives its stream back, since a browser opens six connections to a place at
 * most, and reads the board every so often, so that its title is right.
 */
const unseen = 60_000;
const glance = 30_000;
/** An answer that takes longer than this is none. */
const patience = 20_000;

export class Failure extends Error {
  readonly status: number;
  constructor(status: number, why: string) {
    super(why);
    this.status = status;
  }
}

/** The radar as the page gets it: one board, kept up by a stream that is opened again whenever it breaks. */
export class Feed {
  readonly state: FeedState = { link: 'loading', view: null, viewer: null, since: 0, next: 0, why: '', token: false };
  readonly #base: string;
  readonly #changed: (event: string) => void;
  #source: EventSource | null = null;
  #lastAt = 0;
  /** When the stream broke; null while it is open. */
  #broke: number | null = null;
  #last = '';
  /** Whether the stream has come. What is full, or a proxy that holds streams back, never lets it: then the board is read every so often. */
  #streams = false;
  readonly #timer: number;
  #closed = false;
  /** The last tick by the wall clock, which goes on while the machine sleeps; it serves for nothing else. */
  #ticked = Date.now();
  /** Since when nobody can see the page; null while somebody can. */
  #hidden: number | null = null;
  /** When the board is read next, of a page without a stream; null of one with a stream, or that tries to have one. */
  #glance: number | null = null;

  constructor(base: string, changed: (event: string) => void) {
    this.#base = base.replace(/\/+$/, '');
    this.#changed = changed;
    this.#timer = window.setInterval(() => this.#tick(), 1000);
    document.addEventListener('visibilitychange', this.#see);
    this.#see();
    void this.open();
  }

  /** Reads the board, and listens from then on. */
  async open(): Promise<void> {
    try {
      const { viewer, ...view } = await this.get<RadarAnswer>('radar');
      if (this.#closed) return;
      Object.assign(this.state, { view, viewer });
      if (this.#glance === null) this.#listen();
      this.#set('open', 'radar');
    } catch (error) {
      const status = error instanceof Failure ? error.status : 0;
      if (status === 401 || status === 403) {
        this.state.why = (error as Failure).message;
        this.#set('denied', 'link');
      } else this.#cut();
    }
  }

  close(): void {
    this.#closed = true;
    window.clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#see);
    this.#source?.close();
  }

  readonly #see = (): void => {
    this.#hidden = document.hidden ? performance.now() : null;
    if (this.#hidden !== null || this.#glance === null) return;
    this.#glance = null;
    void this.open();
  };

  /** Reads from the API. Throws a Failure with what it says. */
  async get<T>(path: string): Promise<T> {
    return this.#read<T>(await fetch(`${this.#base}/api/${path}`, { credentials: 'include', signal: AbortSignal.timeout(patience) }));
  }

  pattern = (id: string, at: string | null): Promise<PatternAnswer> =>
    this.get(`patterns/${encodeURIComponent(id)}${at === null ? '' : `?at=${encodeURIComponent(at)}`}`);
  episode = (id: string): Promise<EpisodeAnswer> => this.get(`episodes/${encodeURIComponent(id)}`);
  whyNot = (subject: string, at: string | null): Promise<WhyNotAnswer> =>
    this.get(`why-not/${encodeURIComponent(subject)}${at === null ? '' : `?at=${encodeURIComponent(at)}`}`);
  radarAt = (at: string): Promise<RadarAnswer> => this.get(`radar?at=${encodeURIComponent(at)}`);

  mark = (request: MarkRequest): Promise<Mark> => this.#post('marks', request);

  /** Shows the token once; then the page is let in. */
  async logIn(token: string): Promise<void> {
    await this.#post('session', { token });
    await this.open();
  }

  async #post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json', 'x-caducus': '1' };
    const sent = { method: 'POST', credentials: 'include' as const, headers, body: JSON.stringify(body) };
    return this.#read<T>(await fetch(`${this.#base}/api/${path}`, sent));
  }

  async #read<T>(response: Response): Promise<T> {
    const answer = (await response.json().catch(() => ({ error: `the radar answers ${response.status}` }))) as {
      error?: string;
      token?: boolean;
    };
    if (response.ok) return answer as T;
    if (answer.token !== undefined) this.state.token = answer.token;
    throw new Failure(response.status, answer.error ?? `the radar answers ${response.status}`);
  }

  #listen(): void {
    this.#source?.close();
    const since = this.#last === '' ? '' : `?last_event_id=${this.#last}`;
    const source = new EventSource(`${this.#base}/api/stream${since}`, { withCredentials: true });
    this.#source = source;
    this.#lastAt = performance.now();
    this.#broke = null;
    this.#streams = false;
    source.addEventListener('open', () => {
      this.#broke = null;
      this.#streams = true;
    });
    const listen = (event: string, take: (data: string) => void) =>
      source.addEventListener(event, ({ data, lastEventId }: MessageEvent<string>) => {
        this.#lastAt = performance.now();
        if (lastEventId !== '') this.#last = lastEventId;
        take(data);
        this.state.link = 'open';
        this.#changed(event);
      });
    listen('radar', (data) => (this.state.view = JSON.parse(data) as BoardView));
    listen('ping', () => undefined);
    // The board that follows says it all; these only say that it will.
    listen('finding', () => undefined);
    listen('mark', () => undefined);
    source.addEventListener('error', () => {
      this.#broke ??= performance.now();
      if (source.readyState !== EventSource.CLOSED) return;
      if (this.#streams) this.#cut();
      else this.#leave(performance.now() + glance);
    });
  }

  #cut(): void {
    if (this.#closed) return;
    this.#source?.close();
    this.state.next = performance.now() + retry;
    if (this.state.link !== 'cut') this.state.since = this.#lastAt || performance.now();
    this.#set('cut', 'link');
  }

  #tick(): void {
    const [now, wall] = [performance.now(), Date.now()];
    const slept = wall - this.#ticked > asleep;
    this.#ticked = wall;
    const { state } = this;
    if (state.link === 'open') {
      if (this.#glance !== null) this.#look(now);
      else if (this.#hidden !== null && now - this.#hidden > unseen) this.#leave(now + glance);
      else if (slept) this.#wake(now);
      else if (this.#broke !== null ? now - this.#broke > broken : this.#streams && now - this.#lastAt > silence) this.#cut();
      else if (now - this.#lastAt > silence) this.#leave(now);
    } else if (state.link === 'cut' && (slept || now >= state.next)) {
      state.next = now + retry;
      void this.open();
    }
    if (state.link === 'cut') this.#changed('tick');
  }

  /** The stream is as good as broken: where the radar does not answer soon, it is cut off. */
  #wake(now: number): void {
    this.#broke ??= now;
    void this.open();
  }

  /** Without a stream: the board is read from then on, every so often. */
  #leave(next: number): void {
    this.#source?.close();
    this.#source = null;
    this.#broke = null;
    this.#glance = next;
  }

  #look(now: number): void {
    if (this.#glance === null || now < this.#glance) return;
    this.#glance = this.#hidden === null ? null : now + glance;
    this.#lastAt = now;
    void this.open();
  }

  #set(link: Link, event: string): void {
    this.state.link = link;
    this.#changed(event);
  }
}
