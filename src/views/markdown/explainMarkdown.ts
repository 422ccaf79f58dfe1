import { markGuess } from '../guesses/guessText.ts';
import type { Blip, Mark } from '../../signal.ts';
import type { BitTerm } from '../explain/bitTerms.ts';
import type { ContextResult } from '../explain/contextResult.ts';
import { listBesideIds } from '../explain/listContextIds.ts';
import { duration } from '../text/duration.ts';
import { count, counted, decimal, expected } from '../text/numbers.ts';
import { shortIds } from '../text/shortIds.ts';
import { clock, datedSpan, moment, parseTime, stamp } from '../text/time.ts';
import { trend } from '../text/trend.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import { nearMarkdown, pastMarkdown } from './contextMarkdown.ts';
import { blocks, code, fence, link, markdownTable } from './markdown.ts';

/** What `explain` knows of a pattern. Lengths of time in milliseconds. */
export interface PatternFacts {
  blip: Blip;
  why: { terms: readonly BitTerm[]; bits: number };
  history: { first: string; last: string; memory_ms: number };
  templates: readonly { pattern: string; count: number }[];
  notes: readonly Pick<Mark, 'type' | 'who' | 'at' | 'text' | 'link'>[];
  context: ContextResult;
  label?: { text: string; model: string } | undefined;
}

const mostTemplates = 8;
const mostNotes = 8;
const mostValues = 4;

/** Why a pattern stands where it stands, for a ticket: the sum in bits, the numbers behind it, its lines as they were. */
export function explainMarkdown({ blip, why, history, templates, notes, context, label }: PatternFacts, view: ViewOptions): string[] {
  const [start, end] = [parseTime(blip.start), parseTime(blip.end)];
  const short = shortIds([blip.topic_id, ...listBesideIds(context), ...(context.past_episodes ?? []).map(({ id }) => id)]);
  const time = (text: string): string => clock(parseTime(text), view.timeZone, end);
  const added = why.terms.filter(({ added: counts, bits }) => counts && bits !== 0).map(({ bits }) => decimal(bits, 1));
  const slots = blip.slots.map(({ type, values, distinct }) => [
    code(type),
    values
      .slice(0, mostValues)
      .map(({ value, count: many }) => `${code(value)} ${count(many)}`)
      .join(', '),
    count(distinct),
  ]);
  const names = blip.exemplars.length === 1 ? ['seen'] : blip.exemplars.length === 2 ? ['first', 'last'] : ['first', 'middle', 'last'];
  return blocks(
    [
      `**EXPLAIN** ${code(short(blip.topic_id))} ${code(blip.label)}`,
      '',
      `${blip.level ?? '-'}, ${blip.state}, score ${count(blip.score)}: ${count(blip.count)} seen, usual ${expected(blip.usual)}. ${code(blip.group_id)}, ${datedSpan(start, end, view.timeZone, ' ')}, window ${duration(end - start)}, ${blip.open ? 'open' : 'closed'}.`,
    ],
    markdownTable(
      [{ head: 'why' }, { head: '' }, { head: 'bits', align: 'right' }, { head: '' }],
      [
        ...why.terms.map(({ name, words, bits, note }) => [name, code(words), decimal(bits, 1), note]),
        [
          '**total**',
          added.join(' + '),
          `**${decimal(why.bits, 1)}**`,
          `score 100 (1 - 2^-${decimal(why.bits / 10, 2)}) = ${count(blip.score)}`,
        ],
      ],
    ),
    markdownTable([{ head: 'slot' }, { head: 'values' }, { head: 'distinct', align: 'right' }], slots),
    [
      `History: first ${time(history.first)}, last ${time(history.last)}, ${count(blip.total)} in all in ${duration(history.memory_ms)} of memory. \`${trend(blip.trend, view.ascii)}\` to ${clock(end, view.timeZone)}, ${duration(end - start)} a cell.`,
    ],
    label ? [`Guessed by ${code(label.model)}, checked by nobody: ${code(markGuess(label.text))}`] : [],
    templates.length < 2
      ? []
      : markdownTable(
          [{ head: 'templates', align: 'right' }, { head: '' }],
          templates.slice(0, mostTemplates).map(({ pattern, count: many }) => [count(many), code(pattern)]),
        ),
    nearMarkdown(context, short),
    pastMarkdown(context, short, view),
    answersMarkdown(notes, view),
    blip.exemplars.length === 0
      ? []
      : fence(
          blip.exemplars
            .slice(0, 3)
            .map(({ timestamp, text }, at) => `${names[at]!.padEnd(6)}  ${stamp(parseTime(timestamp), view.timeZone, end)}  ${text}`),
        ),
    [`\`caducus explain ${short(blip.topic_id)}\`, \`caducus events --pattern ${short(blip.topic_id)}\``],
  );
}

/** What people answered, newest last. */
export function answersMarkdown(notes: PatternFacts['notes'], view: ViewOptions): string[] {
  if (notes.length === 0) return [];
  const shown = notes.slice(-mostNotes);
  const lines = shown.map(({ type, who, at, text, link: address }) => {
    const words = [text === undefined ? '' : code(text), address === undefined ? '' : link(address)].filter(Boolean).join(', ');
    return `- ${moment(parseTime(at), view.timeZone)} ${type} by ${code(who)}${words === '' ? '' : `: ${words}`}`;
  });
  return [`${counted(notes.length, 'answer')}:`, '', ...lines];
}
