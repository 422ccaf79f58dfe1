import type { Blip, Mark } from '../../signal.ts';
import { markGuess } from '../guesses/guessText.ts';
import { bitTerms } from './bitTerms.ts';
import { duration } from '../text/duration.ts';
import { commands, cutTo, heading } from '../text/layout.ts';
import { line, shown, type Row } from '../text/line.ts';
import { count, decimal } from '../text/numbers.ts';
import { idPiece, title, word } from '../text/paints.ts';
import { windowHeading } from '../radar/radarHeading.ts';
import { shortIds } from '../text/shortIds.ts';
import { padEnd, padStart, width } from '../text/text.ts';
import { clock, minute, moment, parseTime, stamp } from '../text/time.ts';
import { bar, trend, trendCells } from '../text/trend.ts';
import { usableColumns, type ViewOptions } from '../text/viewOptions.ts';

export interface ExplainData {
  blip: Blip;
  /** Times of the pattern's whole history, ISO 8601 UTC, and how long the memory reaches back, milliseconds. */
  history?: { first?: string; last?: string; memory_ms?: number };
  /** The templates that the pattern holds, with their counts. */
  templates?: readonly { text: string; count: number }[];
  /** What people answered about it, oldest first. */
  notes?: readonly Pick<Mark, 'type' | 'who' | 'at' | 'text' | 'link'>[];
  /** A few words that a model guessed for it. */
  label?: { text: string; model: string } | undefined;
}

/** Where the words of a row begin, behind the name of the row. */
const indent = 11;

const labelled = (name: string, row: Row, view: ViewOptions): string => line([{ text: padEnd(name, indent), paint: 'dim' }, ...row], view);

/** The terms in bits, each with the numbers behind it, a bar, and how they add up to the score. */
function whyLines(blip: Blip, short: (id: string) => string, view: ViewOptions): string[] {
  const wide = usableColumns(view) >= 90;
  const bits = (value: number) => padStart(decimal(value, 1), 6);
  const cells = wide ? 16 : 8;
  const noted = usableColumns(view) >= 72;
  const { terms, sum } = bitTerms(blip, short);
  const longest = view.uncut ? Math.max(...terms.map((term) => width(shown(term.words, view)))) : 0;
  const words = Math.max(longest, wide ? 40 : Math.max(16, usableColumns(view) - indent - 4 - cells - 6 - (noted ? 16 : 0)));
  // As many bits a cell as the longest bar needs to fit: two where that is enough.
  const scale = Math.max(2, ...terms.map((term) => Math.ceil(term.bits / cells)));
  const rows = terms.map(({ name, words: text, bits: value, note }) => {
    const cell = padEnd(bar(value / scale, cells, view.ascii), cells);
    return line(
      [
        padEnd(`  ${name}`, indent + 2),
        padEnd(cutTo(text, words, view), words),
        '  ',
        cell,
        bits(value),
        note && noted ? `   ${note}` : '',
      ],
      view,
    );
  });
  const added = terms.filter((term) => term.added && (term.bits !== 0 || term.name === 'surprise')).map((term) => decimal(term.bits, 1));
  const end = `score 100 (1 - 2^-${decimal(sum / 10, 2)}) = ${count(blip.score)}`;
  const sumText = `${added.join(' + ')}${added.length > 1 ? ` = ${decimal(sum, 1)}` : ''} bits`;
  const edge = indent + 2 + words + 2 + cells + 6;
  return [
    line(
      [
        { text: padEnd('why', edge - 4), paint: 'dim' },
        { text: 'bits', paint: 'dim' },
      ],
      view,
    ),
    ...rows,
    ...(width(sumText) + width(end) + indent + 6 <= usableColumns(view)
      ? [line([padEnd('  total', indent + 2), sumText, ' '.repeat(4), end], view)]
      : [line([padEnd('  total', indent + 2), sumText], view), line([' '.repeat(indent + 2), end], view)]),
  ];
}

/** What people answered about it, the last five. */
function noteLines({ notes = [], blip }: ExplainData, view: ViewOptions): string[] {
  return notes.slice(-5).map(({ type, who, at, text, link }, row) => {
    const when = moment(parseTime(at), view.timeZone);
    const answer = [`${type} by ${who}`, text ? `"${text}"` : '', link ?? ''].filter(Boolean).join('  ');
    return labelled(
      row === 0 ? 'said' : '',
      [
        `${stamp(parseTime(at), view.timeZone, parseTime(blip.end)).length < when.length ? clock(parseTime(at), view.timeZone) : when}  ${answer}`,
      ],
      view,
    );
  });
}

function slotLines({ slots }: Blip, view: ViewOptions): string[] {
  const types = Math.max(5, ...slots.map(({ type }) => Math.min(12, width(shown(type, view)))));
  return slots.map(({ type, values, distinct }, at) => {
    const listed = values
      .slice(0, 4)
      .map(({ value, count: many }) => `${value} ${count(many)}`)
      .join(', ');
    const more = distinct > Math.min(4, values.length) ? `, ${count(distinct)} in all` : '';
    const single = distinct === 1 ? '   1 value, printed in the pattern' : '';
    return labelled(at === 0 ? 'slots' : '', [padEnd(cutTo(type, types, view), types), '  ', `${listed}${more}${single}`], view);
  });
}

function historyLines({ blip, history = {} }: ExplainData, view: ViewOptions): string[] {
  const end = parseTime(blip.end);
  const cell = end - parseTime(blip.start);
  const from = end - cell * trendCells;
  const time = (text: string) => clock(parseTime(text), view.timeZone, end);
  const reach = history.memory_ms === undefined ? '' : ` in ${duration(history.memory_ms)} of memory`;
  const seen = `first ${time(history.first ?? blip.first_seen)}, last ${time(history.last ?? blip.last_seen)}, ${count(blip.total)} in all${reach}`;
  return [
    labelled('history', [seen], view),
    labelled(
      '',
      [
        `${minute(from, view.timeZone).replace(/Z$| .*$/, '')} ${trend(blip.trend, view.ascii)} ${minute(end, view.timeZone)}    ${duration(cell)} a cell`,
      ],
      view,
    ),
  ];
}

function exemplarLines({ exemplars, end }: Blip, view: ViewOptions): string[] {
  const names = exemplars.length === 1 ? ['seen'] : exemplars.length === 2 ? ['first', 'last'] : ['first', 'middle', 'last'];
  return exemplars
    .slice(0, 3)
    .map(({ timestamp, text }, at) =>
      labelled(names[at]!, [`${stamp(parseTime(timestamp), view.timeZone, parseTime(end))}  ${text}`], view),
    );
}

/** Why a pattern stands where it stands: every term of its score, and the evidence. */
export function explain(data: ExplainData, view: ViewOptions): string[] {
  const { blip, templates = [], label } = data;
  const short = shortIds([blip.topic_id, ...(blip.together ?? [])]);
  const right: Row = [word(blip.level ?? '-'), '  ', word(blip.state), `  score ${count(blip.score)}`];
  const room = Math.max(20, Math.min(usableColumns(view), 90) - 40);
  const slots = slotLines(blip, view);
  const from = parseTime(blip.start);
  // A time without a zone is one of UTC to every command.
  const since = view.timeZone === 'UTC' ? ` --since ${minute(from, 'UTC')}` : '';
  return [
    ...heading([title('EXPLAIN'), '  ', idPiece(short(blip.topic_id)), `  ${cutTo(blip.label, room, view)}`], right, view),
    ...windowHeading([], blip.group_id, blip, view),
    '',
    ...whyLines(blip, short, view),
    '',
    ...slots,
    ...historyLines(data, view),
    ...(label ? [labelled('guess', [`${markGuess(label.text)} (${label.model}, unchecked)`], view)] : []),
    ...templates
      .slice(0, 8)
      .map(({ text, count: many }, at) => labelled(at === 0 ? 'templates' : '', [`${padStart(count(many), 7)}  ${text}`], view)),
    ...(templates.length > 8 ? [labelled('', [`${count(templates.length - 8)} more`], view)] : []),
    ...noteLines(data, view),
    ...(blip.exemplars.length > 0 ? ['', ...exemplarLines(blip, view)] : []),
    ...commands(
      [`caducus events --pattern ${short(blip.topic_id)}${since}`, `caducus note ${short(blip.topic_id)} "..." --link URL`],
      view,
    ),
  ];
}
