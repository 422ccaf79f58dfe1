import type { ContextResult, Neighbour } from '../explain/contextResult.ts';
import { listContextIds } from '../explain/listContextIds.ts';
import { age, duration } from '../text/duration.ts';
import { count, counted, decimal } from '../text/numbers.ts';
import { shortIds } from '../text/shortIds.ts';
import { clock, minute, moment, parseTime, writeDate } from '../text/time.ts';
import { trend } from '../text/trend.ts';
import type { ViewOptions } from '../text/viewOptions.ts';
import { blocks, code, link, markdownTable } from './markdown.ts';

type Short = (id: string) => string;

/** What is known around a text, a pattern or a time, for a ticket. */
export function contextMarkdown(data: ContextResult, view: ViewOptions): string[] {
  const { query, as_of: asOf, searched, nearest, when, values = [] } = data;
  const short = shortIds(listContextIds(data));
  const now = parseTime(asOf);
  const seen = (text: string): string => clock(parseTime(text), view.timeZone, now);
  const rows = nearest.map((one) => [
    one.match === null ? '-' : decimal(one.match, 2),
    code(short(one.topic_id)),
    one.state,
    seen(one.first_seen),
    seen(one.last_seen),
    count(one.count_7d),
    code(one.group_id),
    code(one.label),
  ]);
  const by = searched.by === 'lexical' ? '' : `, compared by ${searched.by}`;
  const reach = `searched ${counted(searched.patterns, 'pattern')}, ${counted(searched.groups, 'group')}, ${duration(searched.memory_ms)}${by}`;
  const slots = values.map(({ type, values: all }) => [
    code(type),
    all
      .slice(0, 4)
      .map(({ value, count: many }) => `${code(value)} ${count(many)}`)
      .join(', '),
  ]);
  return blocks(
    [`**CONTEXT** ${code(query)}, as of ${moment(now, view.timeZone)}`, '', `${reach}. No LLM was asked.`],
    rows.length === 0
      ? ['Nothing near: no pattern shares its words, or moved at that time.']
      : markdownTable(
          [
            { head: 'match', align: 'right' },
            { head: 'id' },
            { head: 'state' },
            { head: 'first seen' },
            { head: 'last seen' },
            { head: '7 days', align: 'right' },
            { head: 'group' },
            { head: 'pattern' },
          ],
          rows,
        ),
    when && when.counts.length > 0
      ? [
          `When: ${moment(parseTime(when.from), view.timeZone)} \`${trend(when.counts, view.ascii, when.counts.length)}\` ${minute(parseTime(when.to), view.timeZone)}, ${duration((parseTime(when.to) - parseTime(when.from)) / when.counts.length)} a cell, nearest pattern.`,
        ]
      : [],
    nearMarkdown(data, short),
    pastMarkdown(data, short, view),
    markdownTable([{ head: 'slot' }, { head: 'values' }], slots),
  );
}

/** What moved before, at the same time and after. */
export function nearMarkdown({ same_minutes: minutes }: ContextResult, short: Short): string[] {
  const list = (when: string, all: readonly Neighbour[] = []): string[][] =>
    all.map(({ topic_id: id, text }) => [when, id === undefined ? '' : code(short(id)), code(text)]);
  const rows = [...list('before', minutes?.before), ...list('during', minutes?.during), ...list('after', minutes?.after)];
  return markdownTable([{ head: 'same minutes' }, { head: 'id' }, { head: '' }], rows);
}

/** Episodes that are over, and what usually comes before. */
export function pastMarkdown(
  { past_episodes: past = [], usually_before: usual = [] }: ContextResult,
  short: Short,
  view: ViewOptions,
): string[] {
  const before = usual.map(
    ({ topic_id: id, in: times, of, earlier_ms: earlier }) =>
      `${code(short(id))} in ${count(times)} of ${counted(of, 'past episode')}, ${age(earlier)} earlier`,
  );
  const rows = past.map(({ id, at, lasted_ms: lasted, values = [], note, link: address }) => {
    const remark = [note === undefined ? '' : code(note), address === undefined ? '' : link(address)].filter(Boolean).join(', ');
    const when = `${writeDate(parseTime(at), view.timeZone)} ${minute(parseTime(at), view.timeZone)}`;
    return [code(short(id)), when, lasted === null ? 'goes on' : age(lasted), values.map(code).join(' '), remark];
  });
  const table = markdownTable(
    [{ head: 'past episode' }, { head: 'began' }, { head: 'lasted' }, { head: 'values' }, { head: 'note' }],
    rows,
  );
  return blocks(before.length === 0 ? [] : [`Usually before: ${before.join('; ')}.`], table);
}
