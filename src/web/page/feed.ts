import type { BoardView, EpisodeAnswer, Mark, MarkRequest, PatternAnswer, RadarAnswer, WhyNotAnswer } from '../client.ts';

/** How the page stands to the radar. */
export type Link = 'loading' | 'open' | 'cut' | 'denied' | 'full';

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
  #timer = 0;
  #closed = false;

  constructor(base: string, changed: (event: string) => void) {
    this.#base = base.replace(/\/+$/, '');
    this.#changed = changed;
    this.#timer = window.setInterval(() => this.#tick(), 1000);
    void this.open();
  }

  /** Reads the board, and listens from then on. */
  async open(): Promise<void> {
    try {
      const { viewer, ...view } = await this.get<RadarAnswer>('radar');
      Object.assign(this.state, { view, viewer });
      this.#listen();
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
    this.#source?.close();
  }

  /** Reads from the API. Throws a Failure with what it says. */
  async get<T>(path: string): Promise<T> {
    return this.#read<T>(await fetch(`${this.#base}/api/${path}`, { credentials: 'include' }));
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
    source.addEventListener('open', () => (this.#broke = null));
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
      if (source.readyState === EventSource.CLOSED) this.#cut();
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
    const now = performance.now();
    if (this.state.link === 'open' && (now - this.#lastAt > silence || (this.#broke !== null && now - this.#broke > broken))) this.#cut();
    else if (this.state.link === 'cut' && now >= this.state.next) {
      this.state.next = now + retry;
      void this.open();
    }
    if (this.state.link === 'cut') this.#changed('tick');
  }

  #set(link: Link, event: string): void {
    this.state.link = link;
    this.#changed(event);
  }
}
