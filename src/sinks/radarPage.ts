import { startBoard } from '../board/board.ts';
import { findAnswers, findSilences } from '../board/readBoard.ts';
import { reduceBoard } from '../board/reduceBoard.ts';
import type { Io } from '../io.ts';
import type { Finding, Radar, Signal } from '../signal.ts';
import type { SinkContext } from './sink.ts';
import { findingLine } from '../views/finding/findingLine.ts';
import { radarLines } from '../views/radar/radarLines.ts';
import type { RadarStatus } from '../views/radar/radarStatus.ts';
import { shortIds } from '../views/text/shortIds.ts';
import { cutRadar } from '../views/radar/cutRadar.ts';
import type { ViewOptions } from '../views/text/viewOptions.ts';

export interface RadarPageOptions {
  /** Redraw in place. */
  live: boolean;
  only: 'all' | 'last';
  top?: number | undefined;
  /** A sentence in the second line of a radar. */
  note?: string | undefined;
  /** How the run stands, where it is known. */
  standing?: SinkContext['standing'];
}

/** A screen is drawn no more often than this, in milliseconds: nobody reads faster, and a file gives thousands a second. */
const pause = 100;

/** The radar on the screen: the newest in place on a terminal, one after the other elsewhere. */
export class RadarPage {
  readonly #io: Io;
  readonly #view: () => ViewOptions;
  readonly #options: RadarPageOptions;
  readonly #board = startBoard();
  /** How far behind a live run was at the last closed radar, milliseconds. */
  #behind = 0;
  #waiting: Radar | null = null;
  /** Patterns of the open window that were shown before it closed. */
  #announced = new Set<string>();
  #drawnLines = 0;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(io: Io, view: () => ViewOptions, options: RadarPageOptions) {
    this.#io = io;
    this.#view = view;
    this.#options = options;
  }

  /** Closed windows seen. */
  get windows(): number {
    return this.#board.windows;
  }

  async take(signals: readonly Signal[]): Promise<void> {
    const texts: string[] = [];
    const last = signals.findLast(({ kind }) => kind === 'radar');
    for (const signal of signals) {
      // An early result that has been overtaken says nothing any more.
      if (signal.kind === 'radar' && signal.radar.open && signal !== last) continue;
      const known = signal.kind === 'finding' ? this.#board.open.get(signal.finding.id) : undefined;
      reduceBoard(this.#board, signal);
      if (signal.kind === 'finding') texts.push(...this.#announceFinding(signal.finding, known));
      else if (signal.kind === 'radar') texts.push(...this.#addRadar(signal.radar));
    }
    if (texts.length > 0) await this.#io.stdout.write(texts.map((text) => `${text}\n`).join(''));
    if (this.#options.live && this.#waiting && this.#io.monotonic() - this.#drawnAt >= pause) await this.#draw();
  }

  /** Elsewhere than on a live page a change of state is a line. */
  #announceFinding(finding: Finding, known: Finding | undefined): string[] {
    if (this.#options.live || this.#options.only === 'last' || known?.state === finding.state) return [];
    return [findingLine(finding, shortIds([finding.id]), this.#view())];
  }

  /** What a radar adds to a page that is not redrawn: closed ones, and an open one when trouble that was never seen is in it. */
  #addRadar(radar: Radar): string[] {
    this.#waiting = radar;
    if (this.#options.live || this.#options.only === 'last') return [];
    if (radar.open && !this.#holdsNews(radar)) return [];
    if (!radar.open) this.#announced.clear();
    this.#waiting = null;
    return [...this.#lines(radar), ''];
  }

  /** Whether an open window holds a new error that was not shown yet. While all is new, nothing is. */
  #holdsNews(radar: Radar): boolean {
    if (radar.learning) return false;
    const trouble = radar.blips.filter(({ state, level }) => state === 'new' && (level === 'ERROR' || level === 'FATAL'));
    const fresh = trouble.filter(({ topic_id: id }) => !this.#announced.has(id));
    for (const { topic_id: id } of fresh) this.#announced.add(id);
    return fresh.length > 0;
  }

  #lines(radar: Radar): string[] {
    const end = Date.parse(radar.end);
    const change = this.#board.changes.at(-1);
    const status: RadarStatus = {
      note: this.#options.note,
      ...this.#standing(radar),
      ...(change && { change: { text: change.text ?? '', at: Date.parse(change.at) } }),
      silenced: findSilences(this.#board, end),
      answers: findAnswers(this.#board, end),
    };
    return radarLines({ radar: cutRadar(radar, this.#options.top), findings: [...this.#board.open.values()], status }, this.#view());
  }

  /** How far what is shown lies behind the clock, of a run that goes on; and whether that grows although events come. */
  #standing(radar: Radar): Pick<RadarStatus, 'live' | 'behind'> {
    const standing = this.#options.standing?.();
    if (!standing?.live || standing.newest === null) return {};
    const ms = Math.max(0, this.#io.now() - standing.newest);
    const growing = ms > this.#behind && radar.events > 0;
    const long = ms > 2 * (Date.parse(radar.end) - Date.parse(radar.start));
    if (!radar.open) this.#behind = ms;
    return { live: { behindMs: ms }, ...(growing && long ? { behind: { ms, growing } } : {}) };
  }

  async #draw(): Promise<void> {
    if (!this.#waiting) return;
    const lines = this.#lines(this.#waiting);
    // Up to where the page began, and clear from there: what stood above it stays.
    const back = this.#drawnLines > 0 ? `\u001b[${this.#drawnLines}F\u001b[0J` : '';
    await this.#io.stdout.write(`${back}${lines.join('\n')}\n`);
    this.#drawnLines = lines.length;
    this.#drawnAt = this.#io.monotonic();
    this.#waiting = null;
  }

  /** Draws what waits for its turn. */
  async flush(): Promise<void> {
    if (this.#options.live) await this.#draw();
  }

  /** The last radar, if it has not been shown. */
  async close(): Promise<void> {
    await this.#draw();
  }
}
