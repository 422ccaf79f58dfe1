import { html, nothing } from 'lit/html.js';
import type { BoardView, ContextResult, DrawnSheet, Sheet } from '../client.ts';
import type { DrawContext } from './pages/context.ts';
import { marked, state } from './first/draw.ts';
import { groupName, logo, type Drawn } from './marks.ts';
import { drawEpisode } from './pages/episode.ts';
import type { FeedState } from './feed.ts';
import { findingRow, findingsPanel, openRows } from './findingRows.ts';
import { lanes } from './lanes.ts';
import { buildTable, listIds } from './first/order.ts';
import { bars, drawPattern, nearRows, pastRows } from './pages/pattern.ts';
import { banner } from './banner.ts';
import { calmHead, pulse } from './late/calm.ts';
import { paperStyle } from './paperStyle.ts';
import { liveWord, sumLine, windowWords } from './standing.ts';
import { isCalm } from './first/isCalm.ts';
import { sources } from './late/sources.ts';
import { table } from './first/table.ts';
import { count, formatDay, formatMinute, lasting, moment, plural, readable, shortIds } from './words.ts';
import { writeTemplate } from './writeTemplate.ts';

/** A link that leads nowhere on paper, and has a name: it is a drawing. */
const linkless = /<a (?=[^>]*aria-label=)(?![^>]*href=)/g;

/** How many findings stand beside the lanes: nobody can follow a link to the rest. */
const mostFindings = 8;

/** Draws what the page draws as a page that runs nothing and asks for nothing: the same drawings, without what is for a hand. */
export function drawSheet(sheet: Sheet): DrawnSheet {
  const { title, head, body } = parts(sheet);
  const all = html`<header class="top"><span class="name">${logo}caducus</span>${head}</header>
    ${body}
    <footer><span>UTC. Made by caducus; log text is shown as it was written, secrets redacted.</span></footer>`;
  return { title, style: paperStyle, body: writeTemplate(all).replace(linkless, '<a role="img" ') };
}

interface Parts {
  title: string;
  /** What stands in the top line. */
  head: Drawn;
  body: Drawn;
}

function parts(sheet: Sheet): Parts {
  if (sheet.kind === 'radar') return radarParts(sheet.view);
  if (sheet.kind === 'context') return contextParts(sheet.result);
  if (sheet.kind === 'episodes') {
    const { episodes, as_of: asOf } = sheet;
    const short = shortIds(episodes.map(({ id }) => id));
    const view = { now: asOf, as_of: asOf, answers: [] };
    return {
      title: 'Episodes',
      head: asOfWords(asOf),
      body: html`<main>
        <div class="title"><h1>Episodes</h1></div>
        <section class="panel" aria-label="Episodes">
          ${
            episodes.length === 0
              ? html`<p class="none">None is known.</p>`
              : html`<ul class="flist">
                  ${episodes.map((one) => findingRow(one, view, short))}
                </ul>`
          }
        </section>
      </main>`,
    };
  }
  if (sheet.kind === 'pattern') {
    const { answer } = sheet;
    const { blip, context, findings } = answer;
    const ids = [
      blip.topic_id,
      ...Object.keys(answer.known),
      ...(context.past_episodes ?? []).map(({ id }) => id),
      ...findings.map(({ id }) => id),
    ];
    return {
      title: `${blip.topic_id.slice(0, 4)} ${readable(blip.label)}`,
      head: asOfWords(context.as_of),
      body: html`<main>${drawPattern(answer, drawContext(blip.end, ids), { steps: nothing, messages: nothing })}</main>`,
    };
  }
  const { finding, members, past_episodes: past, as_of: asOf } = sheet.answer;
  const like = finding.type === 'episode' ? finding.result.seen_before.map(({ id }) => id) : [];
  const ids = [finding.id, ...members.map(({ topic_id: id }) => id), ...past.map(({ id }) => id), ...like];
  return {
    title: `${finding.id.slice(0, 4)} ${readable(finding.title)}`,
    head: asOfWords(asOf ?? finding.updated),
    body: html`<main>${drawEpisode(sheet.answer, drawContext(asOf ?? finding.updated, ids))}</main>`,
  };
}

const asOfWords = (time: string): Drawn => html`<span class="end">as of <b>${formatDay(time)} ${formatMinute(time)}Z</b></span>`;

/** Nobody answers on paper. */
const drawContext = (now: string, ids: readonly string[]): DrawContext => ({
  view: { now, findings: [] },
  short: shortIds(ids),
  mayAnswer: false,
  answer: () => undefined,
});

function radarParts(view: BoardView): Parts {
  const short = shortIds(listIds(view));
  const feed: FeedState = { link: 'open', view, viewer: null, since: 0, next: 0, why: '', token: false };
  const { blocks, rows, earlier } = buildTable(view, 'score', null);
  const [calm, blind] = [isCalm(view), view.stale !== null];
  const group = view.radar?.group_id ?? null;
  const context = {
    view,
    short,
    focus: null,
    stop: null,
    open: () => undefined,
    answer: () => undefined,
    choose: () => undefined,
    mayAnswer: false,
    whole: true,
    stale: blind,
  };
  const all = (): boolean => true;
  const beside = calm ? sources(view, false) : findingsPanel(view, (one) => openRows(one, short, mostFindings));
  return {
    title: `Radar, ${group === null ? 'all groups' : readable(group)}`,
    head: html`<span class="sub">${group === null ? html`<b>Radar</b> all groups` : groupName(group)}</span>${windowWords(view, false)}
      ${liveWord(feed, null)}`,
    body: html`${calm ? nothing : sumLine(view, nothing)}
      <main>
        ${banner(feed, 0)}${calm ? html`${calmHead(view, short)}${pulse(view)}` : html`<h1 class="vh">Radar</h1>`}
        ${
          view.radar
            ? html`${blind ? html`${sources(view, true)}${lanes(view, short, all)}` : html`<div class=${calm ? 'pair even' : 'pair'}>${lanes(view, short, all)}${beside}</div>`}${table(blocks, rows, earlier, 'score', context)}`
            : html`<p class="pad">No event was read.</p>`
        }
      </main>`,
  };
}

function contextParts(result: ContextResult): Parts {
  const {
    query,
    as_of: asOf,
    searched,
    nearest,
    when,
    same_minutes: minutes,
    past_episodes: past = [],
    usually_before: usual = [],
    values = [],
  } = result;
  const beside = [...(minutes?.before ?? []), ...(minutes?.during ?? []), ...(minutes?.after ?? [])];
  const short = shortIds([
    ...nearest.map(({ topic_id: id }) => id),
    ...beside.flatMap(({ topic_id: id }) => id ?? []),
    ...usual.map(({ topic_id: id }) => id),
    ...past.map(({ id }) => id),
  ]);
  const panel = (name: string, note: string, body: Drawn): Drawn =>
    html`<section class="panel" aria-label=${name}>
      <header>
        <h2>${name}</h2>
        <span class="note">${note}</span>
      </header>
      ${body}
    </section>`;
  return {
    title: `Context, ${readable(query)}`,
    head: asOfWords(asOf),
    body: html`<main>
      <div class="title"><h1>Context “${marked(query, [])}”</h1></div>
      <p class="meta">
        searched ${plural(searched.patterns, 'pattern')}, ${plural(searched.groups, 'group')},
        ${lasting(searched.memory_ms)}${searched.by === 'lexical' ? '' : `, compared by ${searched.by}`}. No LLM was asked.
      </p>
      <div class="cols">
        <div>
          ${panel(
            'Nearest',
            'the best first',
            nearest.length === 0
              ? html`<p class="none">Nothing near: no pattern shares its words, or moved at that time.</p>`
              : html`<table class="lines">
                  <caption class="vh">
                    Nearest patterns
                  </caption>
                  <thead>
                    <tr>
                      <th scope="col" class="n">match</th>
                      <th scope="col">id</th>
                      <th scope="col">state</th>
                      <th scope="col">last seen</th>
                      <th scope="col" class="n">7 days</th>
                      <th scope="col">pattern</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${nearest.map(
                      (one) =>
                        html`<tr>
                          <td class="n">${one.match === null ? '-' : one.match.toFixed(2)}</td>
                          <td class="mono id">${short(one.topic_id)}</td>
                          <td>${state(one.state)}</td>
                          <td class="mono">${moment(one.last_seen, asOf)}</td>
                          <td class="n">${count(one.count_7d)}</td>
                          <th scope="row">${marked(one.label, [])}<span class="pale"> ${groupName(one.group_id)}</span></th>
                        </tr>`,
                    )}
                  </tbody>
                </table>`,
          )}
          ${
            when
              ? panel(
                  'When',
                  `${lasting((Date.parse(when.to) - Date.parse(when.from)) / when.counts.length)} a cell, nearest pattern`,
                  html`<div class="pad">
                    <svg
                      class="bars"
                      viewBox="0 0 1200 64"
                      preserveAspectRatio="none"
                      role="img"
                      aria-label=${`${plural(when.counts.length, 'cell')}: ${when.counts.map(count).join(', ')}`}
                    >
                      ${bars(when.counts, Math.max(1, ...when.counts), 1200, 64)}
                    </svg>
                    <p class="axis" aria-hidden="true"><span>${moment(when.from, asOf)}</span><span>${moment(when.to, asOf)}</span></p>
                  </div>`,
                )
              : nothing
          }
          ${values.length === 0 ? nothing : panel('Values', 'behind the variable parts', html`<div class="slots">${values.flatMap(({ type, values: seen }) => seen.slice(0, 5).map((one, i) => html`<span class="mono pale">${i === 0 ? readable(type) : ''}</span><bdi dir="ltr" class="pat">${readable(one.value)}</bdi><svg aria-hidden="true"><rect width=${`${(100 * one.count) / Math.max(1, ...seen.map((other) => other.count))}%`} height="10" /></svg><b class="n">${count(one.count)}</b>`))}</div>`)}
        </div>
        <div>
          ${panel('Same minutes', 'all groups', beside.length === 0 ? html`<p class="none">Nothing else moved.</p>` : nearRows(result, {}, short))}
          ${panel('Past episodes', 'that it was part of', past.length === 0 ? html`<p class="none">None is known.</p>` : pastRows(past, short))}
          ${usual.length === 0 ? nothing : html`<p class="note">Usually before: ${usual.map(({ topic_id: id, in: many, of, earlier_ms: ms }) => `${short(id)} in ${many} of ${of}, ${lasting(ms)} earlier`).join('; ')}</p>`}
        </div>
      </div>
    </main>`,
  };
}
