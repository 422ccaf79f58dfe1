import { startBoard } from '../../board/board.ts';
import { findAnswers, findSilences } from '../../board/readBoard.ts';
import { reduceBoard } from '../../board/reduceBoard.ts';
import type { Finding, Radar, Signal } from '../../signal.ts';
import { failsAfter } from '../sink.ts';
import { writeLines, type ViewContext } from './consoleView.ts';
import { findingLine } from '../../views/finding/findingLine.ts';
import { radarLines } from '../../views/radar/radarLines.ts';
import type { RadarStatus } from '../../views/radar/radarStatus.ts';
import { shortIds } from '../../views/text/shortIds.ts';
import { cutRadar } from '../../views/radar/cutRadar.ts';

/** A screen is drawn no more often than this, in milliseconds: nobody reads faster, and a file gives thousands a second. */
const pause = 100;

/** The radar on the screen: the newest in place on a terminal, one after the other elsewhere. */
export class RadarPage {
  readonly #context: ViewContext;
  readonly #board = startBoard();
  /** How far behind a live run was at the last closed radar, milliseconds. */
  #behind = 0;
  #waiting: Radar | null = null;
  /** Patterns of the open window that were shown before it closed. */
  #announced = new Set<string>();
  #drawnLines = 0;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(context: ViewContext) {
    this.#context = context;
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
    await writeLines(this.#context, texts);
    if (this.#context.live && this.#waiting && this.#context.io.monotonic() - this.#drawnAt >= pause) await this.#draw();
  }

  /** Elsewhere than on a live page a change of state is a line. */
  #announceFinding(finding: Finding, known: Finding | undefined): string[] {
    if (this.#context.live || this.#context.only === 'last' || known?.state === finding.state) return [];
    return [findingLine(finding, shortIds([finding.id]), this.#context.style())];
  }

  /** What a radar adds to a page that is not redrawn: closed ones, and an open one when trouble that was never seen is in it. */
  #addRadar(radar: Radar): string[] {
    this.#waiting = radar;
    if (this.#context.live || this.#context.only === 'last') return [];
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
      note: this.#context.note,
      ...this.#standing(radar),
      ...(change && { change: { text: change.text ?? '', at: Date.parse(change.at) } }),
      silenced: findSilences(this.#board, end),
      answers: findAnswers(this.#board, end),
      guesses: [...this.#board.guesses.values()],
    };
    return radarLines(
      { radar: cutRadar(radar, this.#context.top), findings: [...this.#board.open.values()], status },
      this.#context.style(),
    );
  }

  /** How far what is shown lies behind the clock, of a run that goes on; and whether that grows although events come. */
  #standing(radar: Radar): Pick<RadarStatus, 'live' | 'behind' | 'troubles'> {
    const standing = this.#context.standing?.();
    const lasting = standing?.troubles?.filter(({ since }) => this.#context.io.now() - since >= failsAfter) ?? [];
    const troubles = lasting.length > 0 ? { troubles: lasting } : {};
    if (!standing?.live || standing.newest === null) return troubles;
    const ms = Math.max(0, this.#context.io.now() - standing.newest);
    const growing = ms > this.#behind && radar.events > 0;
    const long = ms > 2 * (Date.parse(radar.end) - Date.parse(radar.start));
    if (!radar.open) this.#behind = ms;
    return { ...troubles, live: { behindMs: ms }, ...(growing && long ? { behind: { ms, growing } } : {}) };
  }

  async #draw(): Promise<void> {
    if (!this.#waiting) return;
    const lines = this.#lines(this.#waiting);
    // Up to where the page began, and clear from there: what stood above it stays.
    const back = this.#drawnLines > 0 ? `\u001b[${this.#drawnLines}F\u001b[0J` : '';
    await this.#context.io.stdout.write(`${back}${lines.join('\n')}\n`);
    this.#drawnLines = lines.length;
    this.#drawnAt = this.#context.io.monotonic();
    this.#waiting = null;
  }

  /** Draws what waits for its turn. */
  async flush(): Promise<void> {
    if (this.#context.live) await this.#draw();
  }

  /** The last radar, if it has not been shown. */
  async close(): Promise<void> {
    await this.#draw();
  }
}
