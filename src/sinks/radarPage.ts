import { setNewest } from '../base/evictOldest.ts';
import type { Io } from '../io.ts';
import type { Finding, Mark, Radar, Signal } from '../signal.ts';
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
  /** How the run stands, where it is known. */
  standing?: SinkContext['standing'];
}

/** A screen is drawn no more often than this, in milliseconds: nobody reads faster, and a file gives thousands a second. */
const pause = 100;

/** Open findings that are remembered for the page. */
const maxFindings = 1000;

/** Answers of people that are remembered for the page. */
const maxAnswers = 100;

/** The radar on the screen: the newest in place on a terminal, one after the other elsewhere. */
export class RadarPage {
  /** Closed windows seen. */
  windows = 0;
  readonly #io: Io;
  readonly #view: () => ViewOptions;
  readonly #options: RadarPageOptions;
  readonly #findings = new Map<string, Finding>();
  readonly #silenced = new Map<string, number>();
  /** The last ack, silence and note on each thing. */
  readonly #answers = new Map<string, Mark>();
  #change: RadarStatus['change'];
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

  async take(signals: readonly Signal[]): Promise<void> {
    const texts: string[] = [];
    const last = signals.findLast(({ kind }) => kind === 'radar');
    for (const signal of signals) {
      // An early result that has been overtaken says nothing any more.
      if (signal.kind === 'radar' && signal.radar.open && signal !== last) continue;
      if (signal.kind === 'finding') texts.push(...this.#note(signal.finding));
      else if (signal.kind === 'mark') this.#mark(signal.mark);
      else if (signal.kind === 'radar') texts.push(...this.#see(signal.radar));
    }
    if (texts.length > 0) await this.#io.stdout.write(texts.map((text) => `${text}\n`).join(''));
    if (this.#options.live && this.#waiting && this.#io.monotonic() - this.#drawnAt >= pause) await this.#draw();
  }

  /** Remembers what is open; elsewhere than on a live page a change of state is a line. */
  #note(finding: Finding): string[] {
    const known = this.#findings.get(finding.id);
    if (finding.state === 'resolved') this.#findings.delete(finding.id);
    else if (known || this.#findings.size < maxFindings) this.#findings.set(finding.id, finding);
    if (this.#options.live || this.#options.only === 'last' || known?.state === finding.state) return [];
    return [findingLine(finding, shortIds([finding.id]), this.#view())];
  }

  #mark(mark: Mark): void {
    const key = `${mark.type}\0${mark.target}`;
    if (mark.type === 'resolve') this.#answers.delete(`ack\0${mark.target}`);
    else if (mark.type !== 'change') {
      setNewest(this.#answers, key, mark, maxAnswers);
    }
    if (mark.type === 'change') this.#change = { text: mark.text ?? '', at: Date.parse(mark.at) };
    if (mark.type === 'silence' && mark.until !== undefined) this.#silenced.set(mark.target, Date.parse(mark.until));
  }

  /** What a radar adds to a page that is not redrawn: closed ones, and an open one when trouble that was never seen is in it. */
  #see(radar: Radar): string[] {
    if (!radar.open) this.windows += 1;
    this.#waiting = radar;
    if (this.#options.live || this.#options.only === 'last') return [];
    if (radar.open && !this.#announce(radar)) return [];
    if (!radar.open) this.#announced.clear();
    this.#waiting = null;
    return [...this.#lines(radar), ''];
  }

  /** Whether an open window holds a new error that was not shown yet. While all is new, nothing is. */
  #announce(radar: Radar): boolean {
    if (radar.learning) return false;
    const trouble = radar.blips.filter(({ state, level }) => state === 'new' && (level === 'ERROR' || level === 'FATAL'));
    const fresh = trouble.filter(({ topic_id: id }) => !this.#announced.has(id));
    for (const { topic_id: id } of fresh) this.#announced.add(id);
    return fresh.length > 0;
  }

  #lines(radar: Radar): string[] {
    const end = Date.parse(radar.end);
    for (const [id, until] of this.#silenced) if (until <= end) this.#silenced.delete(id);
    for (const [key, { until }] of this.#answers) if (until !== undefined && Date.parse(until) <= end) this.#answers.delete(key);
    const status: RadarStatus = {
      ...this.#standing(radar),
      change: this.#change,
      silenced: Object.fromEntries(this.#silenced),
      answers: [...this.#answers.values()],
    };
    return radarLines({ radar: cutRadar(radar, this.#options.top), findings: [...this.#findings.values()], status }, this.#view());
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
