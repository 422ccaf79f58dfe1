import { html, nothing, svg } from 'lit/html.js';
import type { EpisodeAnswer } from '../../client.ts';
import { chip, parts, state } from '../first/draw.ts';
import { groupName, type Drawn } from '../marks.ts';
import { count, expected, formatMinute, formatTick, lasting, offset, readable } from '../words.ts';
import type { DrawContext } from './context.ts';
import { bars } from './pattern.ts';
import { placeLabels } from './placeLabels.ts';

/** Who was told of it, by when: the findings in it say so. */
export function findSent({ finding }: EpisodeAnswer, { view }: DrawContext): Map<string, string> {
  return new Map(
    [finding, ...view.findings].flatMap(({ result }) => {
      const { episode } = result as { episode?: { id: string; sent_to?: string; sent_at?: string } };
      return episode?.id === finding.id && episode.sent_at !== undefined ? [[episode.sent_at, episode.sent_to ?? ''] as const] : [];
    }),
  );
}

/** What stands upright over the order in time. */
interface Upright {
  time: number;
  kind: 'begins' | 'ch' | 'did' | 'now';
  text: string;
}

/** The beginning, the last change, who was told, what people said, and now: what names come first have room first. */
function listUprights(answer: EpisodeAnswer, now: number, context: DrawContext): Upright[] {
  const { finding, changes, notes } = answer;
  const began = Date.parse(finding.since);
  const at = (time: string): { time: number; plus: string } => ({ time: Date.parse(time), plus: offset(Date.parse(time) - began) });
  const changed = changes.slice(-3).map(({ at: when, text }): Upright => {
    const { time, plus } = at(when);
    return { time, kind: 'ch', text: `${plus} change ${readable(text)}` };
  });
  const sent = [...findSent(answer, context)].map(([when, to]): Upright => ({
    time: at(when).time,
    kind: 'did',
    text: `${at(when).plus} ${readable(to)}`,
  }));
  const answered = notes
    .filter(({ type }) => type !== 'change')
    .slice(-3)
    .map(({ at: when, type, who }): Upright => ({ time: at(when).time, kind: 'did', text: `${at(when).plus} ${type}, ${readable(who)}` }));
  return [
    { time: began, kind: 'begins', text: '+0:00 begins' },
    ...changed.reverse(),
    ...sent,
    ...answered,
    { time: now, kind: 'now', text: `${finding.state === 'resolved' ? 'over' : 'now'} ${offset(now - began)}` },
  ];
}

/** Each member's counts beside each other, own scale a row, and where it first moved. Order in time, not proof of cause. */
export function orderInTime(answer: EpisodeAnswer, now: number, context: DrawContext): Drawn {
  const { members, series, changes, finding } = answer;
  const { short } = context;
  const known = new Map(series.map((one) => [one.topic_id, one]));
  const began = Date.parse(finding.since);
  const cell = series[0]?.cell_ms ?? 300_000;
  const to = Math.max(now, ...series.map(({ from, cell_ms: width, counts }) => Date.parse(from) + width * counts.length));
  // So wide that the order can be read: half as long before as it has lasted, and at least two cells; changes near before it.
  const reach = to - 12 * cell;
  const near = changes.map(({ at }) => Date.parse(at) - cell / 2).filter((at) => at > reach);
  const from = Math.max(Math.min(began - Math.max(2 * cell, (to - began) / 2), ...near), Math.min(began - 2 * cell, reach));
  const x = (time: number): number => (1000 * (time - from)) / (to - from);
  const uprights = listUprights(answer, now, context).filter(({ time }) => from <= time && time <= to);
  const labels = placeLabels(uprights.map(({ time, text }) => ({ at: x(time), text })));
  return html`<section class="panel" aria-labelledby="order">
    <header>
      <h2 id="order">Order in time</h2>
      <span class="note">${lasting(cell)} a cell, own scale a row. Not proof of cause.</span
      ><span class="end pale">UTC, and from the first pattern</span>
    </header>
    <table class="order">
      <caption class="vh">
        Patterns in the order of their first movement
      </caption>
      <tbody>
        <tr class="at" aria-hidden="true">
          <td></td>
          <td></td>
          <td>
            <svg>
              ${labels.map(({ anchor, row }, i) => {
                const { time, kind, text } = uprights[i]!;
                return row === null
                  ? nothing
                  : svg`<text class=${kind} x=${`${x(time) / 10}%`} y=${12 + 14 * row} text-anchor=${anchor}>${text}</text>`;
              })}
            </svg>
          </td>
        </tr>
        ${members.map((one) => {
          const row = known.get(one.topic_id);
          const top = Math.max(1, ...(row?.counts ?? []));
          const width = row ? x(Date.parse(row.from) + row.cell_ms * row.counts.length) - x(Date.parse(row.from)) : 0;
          const at = x(began + one.offset_ms);
          return html`<tr>
            <td class="off mono">${offset(one.offset_ms)}</td>
            <th scope="row" class="what">
              <span class="facts2"
                >${one.row ? chip(one.row.score) : nothing}<a class="mono id" href=${`#/p/${one.topic_id}`}>${short(one.topic_id)}</a
                >${state(one.state)}<span><b>${count(one.count)}</b>, usual ${expected(one.row?.usual)}</span
                >${groupName(one.group_id)}</span
              >${parts(one.parts)}
            </th>
            <td class="chart2">
              <svg
                viewBox="0 0 1000 40"
                preserveAspectRatio="none"
                role="img"
                aria-label=${row ? `from ${formatMinute(row.from)}: ${row.counts.map(count).join(', ')}` : 'no counts'}
              >
                ${row ? svg`<g transform=${`translate(${x(Date.parse(row.from))} 0)`}>${bars(row.counts, top, width, 40)}</g>` : nothing}
                ${uprights.map(({ time, kind }) => svg`<path class=${kind} d=${`M${x(time)} 0v40`} vector-effect="non-scaling-stroke" />`)}
              </svg>
              <svg class="over" aria-hidden="true"><circle cx=${`${at / 10}%`} cy="5" r="3.5" /></svg>
            </td>
          </tr>`;
        })}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <td></td>
          <td></td>
          <td class="chart2">
            <p class="ends">
              ${[0, 0.25, 0.5, 0.75, 1].map((share) => html`<span>${formatTick(from + share * (to - from), cell)}<br />${offset(from + share * (to - from) - began)}</span>`)}
            </p>
          </td>
        </tr>
      </tfoot>
    </table>
  </section>`;
}
