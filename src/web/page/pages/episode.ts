import { html, nothing } from 'lit/html.js';
import type { EpisodeAnswer, EpisodeResult } from '../../client.ts';
import { button, chip, link, parts } from '../first/draw.ts';
import { icon, type Drawn } from '../marks.ts';
import type { DrawContext, Page, PageContext } from './context.ts';
import { episodeStyle } from './episodeStyle.ts';
import { beside } from './beside.ts';
import { causes } from './causes.ts';
import type { Feed } from '../feed.ts';
import { orders } from './orders.ts';
import { findSent, orderInTime } from './orderInTime.ts';
import { Reading } from './reading.ts';
import { pastRows, unknown } from './pattern.ts';
import { WhyNotPanel } from './whyNot.ts';
import { share } from './share.ts';
import { age, formatClock, formatDay, lasting, moment, plural, readable } from '../words.ts';

/** An episode, or another finding: what came first, and what they share. */
export class EpisodePage implements Page {
  readonly style = episodeStyle;
  readonly #reading: Reading<EpisodeAnswer>;
  readonly #id: string;
  readonly #messages: WhyNotPanel;

  constructor(feed: Feed, id: string, redraw: () => void) {
    this.#id = id;
    this.#messages = new WhyNotPanel(feed, { subject: id, at: null }, redraw);
    this.#reading = new Reading({ read: () => feed.episode(id), redraw });
  }

  close(): void {
    this.#reading.close();
    this.#messages.close();
  }

  draw(context: PageContext): Drawn {
    const { answer, why: failure } = this.#reading;
    if (!answer) return failure === '' ? html`<p class="pad">Reading ${readable(this.#id)}.</p>` : unknown(failure, context);
    return drawEpisode(answer, context, this.#messages.draw(answer.finding.group_id));
  }
}

/** The page of an episode, or of another finding. */
export function drawEpisode(answer: EpisodeAnswer, context: DrawContext, messages: Drawn = nothing): Drawn {
  const { finding, members, changes, as_of: asOf } = answer;
  const { short, view, mayAnswer, answer: say } = context;
  const { id, type, since, updated, title, severity } = finding;
  // The board gets an answer before the run does.
  const word = view.findings.find((one) => one.id === id)?.state ?? finding.state;
  const now = word === 'resolved' ? updated : (asOf ?? view.now);
  const isEpisode = type === 'episode';
  const groups = new Set(members.map(({ group_id: group }) => group)).size;
  const first = members[0];
  return html`<p class="crumbs">
      <a href="#/">Radar</a><span>/ ${isEpisode ? 'Episode' : 'Finding'} ${short(id)}</span><span class="end pale keys">esc back</span>
    </p>
    <div class="title">
      ${isEpisode ? chip(finding.result.score) : nothing}
      <h1>${first ? parts(first.parts) : parts(finding.parts)}</h1>
      ${mayAnswer ? html`<span class="acts">${button('ack', () => say('ack', id), { key: 'a', main: word === 'firing' })}${button('silence', () => say('silence', id))}${button('note', () => say('note', id))}${button('change', () => say('change', id))}</span>` : nothing}
    </div>
    <div class="meta">
      <span class="word ${word}">${icon(word)} <b>${word} ${age(Date.parse(now) - Date.parse(since))}</b></span
      ><span>since <b>${formatDay(since)} ${formatClock(since)}Z</b></span
      ><span>${severity}, ${isEpisode ? `${plural(members.length, 'pattern')}, ${plural(groups, 'group')}` : readable(title)}</span
      >${changes.length > 0 ? html`<span>after change <b class="accent">${readable(changes.at(-1)!.text)}</b></span>` : nothing}
    </div>
    ${members.length > 0 ? orderInTime(answer, Date.parse(now), context) : nothing} ${isEpisode ? causes(finding.result) : nothing}
    ${beside(answer, context.short)}
    <div class="thirds">
      ${isEpisode ? common(finding.result, members, context) : nothing}${before(answer, context)}${done(answer, context)}
    </div>
    ${messages}`;
}

function common({ in_common: values }: EpisodeResult, members: EpisodeAnswer['members'], { short }: DrawContext): Drawn {
  const has = (value: string, { label, parts: pieces, row }: EpisodeAnswer['members'][number]): boolean =>
    label.includes(value) ||
    pieces.some(({ text }) => text === value) ||
    (row?.slots ?? []).some((slot) => slot.values.some((one) => one.value === value));
  return html`<section class="panel" aria-labelledby="common">
    <header>
      <h2 id="common">In common</h2>
      <span class="note">values in the same places</span>
    </header>
    ${
      values.length === 0
        ? html`<p class="none">No value is in several of them.</p>`
        : html`<div class="common">
            ${values.slice(0, 6).map(
              ({ value, in: many, of, field, usual }) =>
                html`<span>${readable(field ?? '')} <b class="val">${readable(value)}</b></span
                  ><span
                    ><b>${many} of ${of}</b>${usual === undefined ? nothing : html` <span class="pale">usual ${share(usual)}</span>`}
                    <span class="mono pale"
                      >${members
                        .filter((one) => has(value, one))
                        .map(({ topic_id: id }) => short(id))
                        .join(' ')}</span
                    ></span
                  >`,
            )}
          </div>`
    }
  </section>`;
}

function before(answer: EpisodeAnswer, { short }: DrawContext): Drawn {
  const { finding, past_episodes: all, usually_before: usual } = answer;
  const like = finding.type === 'episode' ? finding.result.seen_before : [];
  const rows = like.map(({ id, at, lasted_ms, note, link }) => ({ id, at, lasted_ms, note, link }));
  const listed = [...rows, ...all.filter(({ id }) => !rows.some((one) => one.id === id))];
  return html`<section class="panel" aria-labelledby="before">
    <header>
      <h2 id="before">Seen before</h2>
      <span class="note">${like[0] ? `${like[0].patterns} of ${like[0].of} patterns` : ''}</span>
    </header>
    ${orders(answer, short)}${listed.length === 0 ? html`<p class="none">Nothing like it is known.</p>` : pastRows(listed, short)}${usual.length > 0 ? html`<p class="note">Usually before: ${usual.map(({ topic_id: id, in: many, of, earlier_ms: ms }) => `${short(id)} in ${many} of ${of}, ${lasting(ms)} earlier`).join('; ')}</p>` : nothing}
  </section>`;
}

/** What was done, in order of time: what was changed, who was told, what people answered. */
function done(answer: EpisodeAnswer, context: DrawContext): Drawn {
  const { changes, notes, finding } = answer;
  const { view } = context;
  const sent = findSent(answer, context);
  const known = new Set(changes.map(({ at, text }) => `${at} ${text}`));
  const rows = [
    ...changes.map(({ at, text }) => ({ at, what: html`<span class="accent">${icon('change')}</span> <b>${readable(text)}</b>` })),
    ...Array.from(sent, ([at, to]) => ({ at, what: html`sent to <b>${readable(to)}</b>` })),
    ...notes
      .filter(({ type, at, text }) => type !== 'change' || !known.has(`${at} ${text}`))
      .map(({ type, who, at, text, link: address, until }) => ({
        at,
        what: html`<b>${type}</b> by
          ${readable(who)}${until === undefined ? '' : ` until ${moment(until, view.now)}`}${text === undefined ? '' : `: “${readable(text)}”`}
          ${link(address)}`,
      })),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return html`<section class="panel" aria-labelledby="done">
    <header>
      <h2 id="done">What was done</h2>
      <span class="note">newest last</span>
    </header>
    ${
      rows.length === 0
        ? html`<p class="none">Nothing is known.</p>`
        : html`<ul class="flist">
            ${rows.slice(-10).map(({ at, what }) => html`<li class="pad"><span class="mono pale">${moment(at, finding.since)}</span> ${what}</li>`)}
          </ul>`
    }
  </section>`;
}
