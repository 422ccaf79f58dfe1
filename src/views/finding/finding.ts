import type { Json, JsonObject } from '../../event.ts';
import { writeComparison } from '../../findings/incidents/comparison.ts';
import type { KnownGuess } from '../../findings/guesses/guessMark.ts';
import { hasOwnResult } from '../../findings/hasOwnResult.ts';
import type { Finding } from '../../signal.ts';
import { breakerTransition } from './breakerTransition.ts';
import { budgetFinding } from '../budget/budgetFinding.ts';
import { episodeLines, listMembers } from './episode.ts';
import { findingHeading } from './findingHeading.ts';
import { commands } from '../text/layout.ts';
import { line } from '../text/line.ts';
import { count, decimal } from '../text/numbers.ts';
import { idPiece } from '../text/paints.ts';
import { shortIds } from '../text/shortIds.ts';
import { sessionLines } from './sessionFinding.ts';
import { spikeLines } from './spikeFinding.ts';
import { padEnd } from '../text/text.ts';
import { moment, parseTime } from '../text/time.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** Rows of a result that are shown before the rest is only counted. */
const most = 14;

/** A time as results hold it; shown in the zone of the page. */
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

/** The values of a result as rows, nested names joined by a dot; lists by their length. */
function rows(result: JsonObject, timeZone: string, path = ''): [string, string][] {
  return Object.entries(result).flatMap(([key, value]): [string, string][] => {
    const name = `${path}${key}`;
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return path.split('.').length > 3 ? [] : rows(value, timeZone, `${name}.`);
    return [[name, written(value, timeZone)]];
  });
}

function written(value: Json, timeZone: string): string {
  if (typeof value === 'string' && iso.test(value)) return moment(parseTime(value), timeZone);
  if (value === null) return '-';
  if (typeof value === 'number')
    return Number.isInteger(value) ? decimal(value, 0) : Math.abs(value) < 1000 ? String(Number(value.toPrecision(4))) : decimal(value, 1);
  if (Array.isArray(value))
    return value.every((item) => item === null || typeof item !== 'object') && value.length <= 6
      ? value.map((item) => written(item, timeZone)).join(', ')
      : `${count(value.length)} entries`;
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/** Any result, plainly: what a rule or an operator of one's own has to say for itself. */
function plainLines({ result }: Finding, view: ViewOptions): string[] {
  // Any result is JSON, whatever else its type says of it.
  const all = rows(result as JsonObject, view.timeZone);
  const label = Math.min(28, Math.max(11, ...all.map(([name]) => name.length + 2)));
  const lines = all.slice(0, most).map(([name, value]) => line([{ text: `  ${padEnd(name, label)}`, paint: 'dim' }, value], view));
  return all.length > most ? [...lines, line([`  ${count(all.length - most)} more with --json`], view)] : lines;
}

function subjectLine({ topic_id: topic, group_id: group, title: text }: Finding, view: ViewOptions): string {
  const id = topic === undefined ? [] : [idPiece(shortIds([topic])(topic)), '  '];
  return line([...id, `${group}  ${text}`], view);
}

/** The page that knows this kind of finding; null when there is none. */
function ownPage(data: Finding, short: string, view: ViewOptions, guess?: KnownGuess): string[] | null {
  if (data.type === 'budget') return budgetFinding(data, view);
  const lines =
    data.type === 'breaker'
      ? breakerTransition(data, view)
      : data.type === 'episode'
        ? episodeLines(data, shortIds([data.id, ...listMembers(data)]), view, guess)
        : null;
  const next = [`caducus explain ${short}`, `caducus ack ${short} --for 2h`];
  return lines && [...lines, ...commands(data.type === 'episode' ? [...next, writeComparison(data)] : next, view)];
}

/**
 * A finding with the numbers behind it: a page of its own for the kinds that are known, the plain result for the rest. Of an
 * episode also what a model guessed.
 */
export function finding(data: Finding, view: ViewOptions, guess?: KnownGuess): string[] {
  const short = shortIds([data.id])(data.id);
  const isWhole = hasOwnResult(data);
  const own = isWhole ? ownPage(data, short, view, guess) : null;
  if (own) return own;
  const shown = isWhole
    ? data.type === 'spike'
      ? spikeLines(data, view)
      : data.type === 'session'
        ? sessionLines(data, view)
        : null
    : null;
  const kind = shown?.kind ?? (data.type === 'rule' ? data.rule : `${data.type}, ${data.rule}`);
  return [
    ...findingHeading(data, kind, view),
    subjectLine(data, view),
    '',
    ...(shown?.lines ?? plainLines(data, view)),
    ...commands([`caducus explain ${short}`, `caducus silence ${short} --for 2h --comment "..."`], view),
  ];
}
