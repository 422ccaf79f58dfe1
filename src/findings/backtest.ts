import type { Blip, Finding } from '../signal.ts';
import type { Rule } from './rules/options.ts';
import { EvidenceLog, overlaps } from './backtest/evidence.ts';
import { incidentEnd, type Incident } from './backtest/incident.ts';
import { findReason } from './backtest/missedReason.ts';
import type { Page } from './backtest/pages.ts';
import { describeBacktest, type BacktestResult, type Judged } from './backtest/result.ts';

export interface BacktestOptions {
  incidents: readonly Incident[];
  /** Rules that could have sent something, for the reasons of what was missed. */
  rules: readonly Rule[];
  /** Pages before this time are not counted: what came before only teaches. Milliseconds of event time; null for all. */
  from: number | null;
  to: number | null;
}

/** What a pipeline would have sent to people, held against the incidents that they know of. */
export class Backtest {
  readonly #options: BacktestOptions;
  readonly #log: EvidenceLog;
  readonly #pages: Page[] = [];

  constructor(options: BacktestOptions) {
    this.#options = options;
    this.#log = new EvidenceLog(options.incidents);
  }

  /** Takes a pattern in a closed window. */
  see(blip: Blip): void {
    if (!blip.open) this.#log.see(blip);
  }

  /** A message that begins something. */
  page(page: Page): void {
    this.#pages.push(page);
  }

  /** The end of what a message began, for whoever had it. */
  over(id: string, to: string, at: number): void {
    const page = this.#pages.findLast(({ finding, to: who }) => finding.id === id && who === to);
    if (page) page.until = at;
  }

  /** A finding that was not sent. */
  withheld(finding: Finding, groups: readonly string[], why: string, time: number): void {
    this.#log.withheld(finding, groups, why, time);
  }

  /** @param span event time of the first and the last record, milliseconds; null without any */
  result({ first, last }: { first: number | null; last: number | null }): BacktestResult {
    const { from, to } = this.#options;
    const begin = Math.max(from ?? Number.NEGATIVE_INFINITY, first ?? Number.POSITIVE_INFINITY);
    const end = Math.min(to ?? Number.POSITIVE_INFINITY, last ?? Number.NEGATIVE_INFINITY);
    // People may call services by other names than their logs do: then the time alone shows what is of what.
    const byTime = !this.#log.namesGroups;
    const isWithin = (at: number) => at >= begin && at <= end;
    const pages = this.#pages.filter(({ at }) => isWithin(at));
    const within = this.#log.all.filter(({ incident }) => incident.start <= end && incidentEnd(incident) >= begin);
    const judged = within.map((one): Judged => {
      const mine = pages.filter((page) => this.#matches(page, one.incident, byTime));
      if (mine.length > 0) return { incident: one.incident, pages: mine };
      if (byTime && one.incident.service !== null) return { incident: one.incident, why: 'no page near it' };
      return { incident: one.incident, why: findReason(one, this.#log, { rules: this.#options.rules, older: this.#openAt(one.incident) }) };
    });
    return describeBacktest({ begin, end, pages, judged, outside: this.#log.all.length - within.length, byTime });
  }

  #matches(page: Page, incident: Incident, byTime: boolean): boolean {
    return overlaps(incident, page.at, page.at) && (byTime || this.#log.concerns(incident, page.groups));
  }

  /** A page from long before an incident that was still open when it began. */
  #openAt(incident: Incident): Page | null {
    const open = ({ at, until }: Page) => at < incident.start && (until === null || until > incident.start);
    return this.#pages.find((page) => open(page) && this.#log.concerns(incident, page.groups)) ?? null;
  }
}
