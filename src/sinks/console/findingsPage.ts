import { startBoard } from '../../board/board.ts';
import { reduceBoard } from '../../board/reduceBoard.ts';
import type { Finding, Severity } from '../../signal.ts';
import { finding as page } from '../../views/finding/finding.ts';
import { findingLine } from '../../views/finding/findingLine.ts';
import { line } from '../../views/text/line.ts';
import { count } from '../../views/text/numbers.ts';
import { shortIds } from '../../views/text/shortIds.ts';
import { writeDate, parseTime } from '../../views/text/time.ts';
import type { ViewOptions } from '../../views/text/viewOptions.ts';

/** Pages that one moment gets; of the others there are lines. */
const mostPages = 3;

const rank: Record<Severity, number> = { info: 0, warning: 1, critical: 2 };

/** What one message would be about: a budget has findings for each of its thresholds, and one page for all of them. */
const subjectKey = ({ type, group_id: group, topic_id: topic = '' }: Finding): string => `${type}\0${group}\0${topic}`;

/** What must change before a finding gets another line: an update of its numbers alone is no news. */
const newsKey = ({ state, title, result: { acked, silenced_until: silenced, notes, resolved_by: over, repeats } }: Finding): string =>
  JSON.stringify([state, title, acked, silenced, notes, over, repeats]);

/** Whether a line is enough: nothing to act on, or nothing anybody needs to see. */
const isMute = ({ state, severity, result }: Finding): boolean =>
  state !== 'firing' || severity === 'info' || result.silenced_until !== undefined;

/**
 * Findings as they come and go, for who reads a log at night: a line for each that begins, is answered or ends, and a page
 * with its numbers under the one that begins when nothing worse was known of the same thing.
 */
export class FindingsPage {
  readonly #view: () => ViewOptions;
  readonly #board = startBoard();
  #date = '';

  constructor(view: () => ViewOptions) {
    this.#view = view;
  }

  /** The lines that these findings add. */
  take(findings: readonly Finding[]): string[] {
    const moments: Finding[][] = [];
    for (const one of findings) {
      if (moments.at(-1)?.[0]?.updated === one.updated) moments.at(-1)!.push(one);
      else moments.push([one]);
    }
    return moments.flatMap((moment) => this.#moment(moment));
  }

  #moment(findings: readonly Finding[]): string[] {
    const view = this.#view();
    const before = [...this.#board.open.values()];
    const lines: string[] = [];
    const worst = new Map<string, Finding>();
    for (const one of findings) {
      const known = this.#board.open.get(one.id);
      reduceBoard(this.#board, { kind: 'finding', time: parseTime(one.updated), key: one.group_id, finding: one });
      if (known && newsKey(known) === newsKey(one)) continue;
      lines.push(findingLine(one, shortIds([one.id]), { ...view, now: parseTime(one.updated) }));
      const other = worst.get(subjectKey(one));
      if (!isMute(one) && (!known || isMute(known)) && !(other && rank[other.severity] >= rank[one.severity]))
        worst.set(subjectKey(one), one);
    }
    const news = [...worst.values()].filter(
      (one) =>
        !before.some((other) => subjectKey(other) === subjectKey(one) && !isMute(other) && rank[other.severity] > rank[one.severity]),
    );
    const pages = news.slice(0, mostPages).flatMap((one) => ['', ...page(one, view), '']);
    const more = news.length - mostPages;
    if (more > 0) pages.push(line([`${count(more)} more of this moment: caducus explain ID shows the page of each.`], view), '');
    return [...(lines.length > 0 ? this.#dateLine(findings[0]!, view) : []), ...lines, ...pages];
  }

  /** The date stands once above the lines of a day. */
  #dateLine({ updated }: Finding, view: ViewOptions): string[] {
    const date = writeDate(parseTime(updated), view.timeZone);
    if (date === this.#date) return [];
    this.#date = date;
    return [line([{ text: `${date}  ${view.timeZone}`, paint: 'dim' }], view)];
  }
}
