// One file, because it is one page: what a person reads from top to bottom, a section a function.
import { html, nothing, svg } from 'lit/html.js';
import type { PatternAnswer } from '../../client.ts';
import { button, chip, link, marked, parts, state } from '../first/draw.ts';
import { groupName, icon, type Drawn } from '../marks.ts';
import type { DrawContext, Page, PageContext } from './context.ts';
import type { Feed } from '../feed.ts';
import { Reading } from './reading.ts';
import { WhyNotPanel } from './whyNot.ts';
import {
  band,
  formatClock,
  count,
  formatDay,
  expected,
  lasting,
  formatMinute,
  formatTick,
  moment,
  plural,
  readable,
  span,
} from '../words.ts';

/** Why a pattern stands where it stands: the bits, the history, its lines, what moved beside it. */
export class PatternPage implements Page {
  readonly #reading: Reading<PatternAnswer>;
  readonly #id: string;
  readonly #at: string | null;
  readonly #messages: WhyNotPanel;

  constructor(feed: Feed, id: string, at: string | null, redraw: () => void) {
    this.#id = id;
    this.#at = at;
    this.#messages = new WhyNotPanel(feed, { subject: id, at }, redraw);
    this.#reading = new Reading({ read: () => feed.pattern(id, at), redraw, once: at !== null });
  }

  close(): void {
    this.#reading.close();
    this.#messages.close();
  }

  draw(context: PageContext): Drawn {
    const { answer, why: failure } = this.#reading;
    if (!answer) return failure === '' ? html`<p class="pad">Reading ${readable(this.#id)}.</p>` : unknown(failure, context);
    const { blip } = answer;
    const steps = this.#steps(blip, context.view.lanes.starts);
    return drawPattern(answer, context, { steps, messages: this.#messages.draw(blip.group_id) });
  }

  /** The window before, the one behind, and now. */
  #steps({ topic_id: id, start, end }: PatternAnswer['blip'], starts: readonly string[]): Drawn {
    const to = (time: number): string => `#/p/${id}?at=${new Date(time).toISOString()}`;
    const before = Date.parse(start) - (Date.parse(end) - Date.parse(start));
    const later = Date.parse(end);
    return html`${starts.some((one) => Date.parse(one) === before) ? html`<a href=${to(before)} aria-label="the window before">‹ before</a>` : nothing}
    ${starts.some((one) => Date.parse(one) === later) ? html`<a href=${to(later)} aria-label="the next window">next ›</a>` : nothing}
    ${this.#at === null ? nothing : html`<a href=${`#/p/${id}`}>to now</a>`}`;
  }
}

export const unknown = (why: string, { view }: PageContext): Drawn =>
  html`<p class="crumbs"><a href="#/">Radar</a></p>
    <section class="panel">
      <header><h1>Not known</h1></header>
      <p class="none">
        ${readable(why)}. ${view.memory.since === null ? '' : `What is known reaches back to ${formatDay(view.memory.since)}.`}
      </p>
    </section>`;

/** What stands on the page of a pattern beside what is known of it: the way to the windows beside this one, and who was told. */
interface PatternAround {
  steps: Drawn;
  messages: Drawn;
}

/** The page of a pattern. */
export function drawPattern(answer: PatternAnswer, context: DrawContext, { steps, messages }: PatternAround): Drawn {
  const { blip } = answer;
  const { short, view } = context;
  const episode = answer.findings.find(({ type }) => type === 'episode');
  return html`<p class="crumbs">
      <a href="#/">Radar</a>${episode ? html`<span>/</span><a href=${`#/e/${episode.id}`}>Episode ${short(episode.id)}</a>` : nothing}<span
        >/ ${short(blip.topic_id)}</span
      ><span class="end pale keys">esc back</span>
    </p>
    <div class="title">
      ${chip(blip.score)}
      <h1>${parts(blip.parts)}</h1>
      ${context.mayAnswer ? html`<span class="acts">${button('ack', () => context.answer('ack', blip.topic_id), { key: 'a', main: true })}${button('silence', () => context.answer('silence', blip.topic_id))}${button('note', () => context.answer('note', blip.topic_id))}</span>` : nothing}
    </div>
    <div class="meta">
      <b>${blip.level ?? '-'}</b>${state(blip.state)}<span><b>${count(blip.count)}</b>, usual ${expected(blip.usual)}</span
      >${groupName(blip.group_id)}<span>id <span class="mono accent">${short(blip.topic_id)}</span></span>
      <span class="end"
        ><span
          >${formatDay(blip.start)} <b>${span(blip.start, blip.end)}</b> window ${lasting(Date.parse(blip.end) - Date.parse(blip.start))},
          ${blip.open ? 'open' : 'closed'}</span
        >${steps}</span
      >
    </div>
    <div class="cols">
      <div>${why(answer)}${history(answer, view.now)}${exemplars(answer)}${messages}</div>
      <div>${slots(answer)}${templates(answer)}${beside(answer, short)}${past(answer, short)}${answersPanel(answer, view.now)}</div>
    </div>`;
}

/** A waterfall over one axis in bits; the second axis is the score at so many, so that nobody takes 96 for twice 48. */
function why({ why: { terms, bits }, blip }: PatternAnswer): Drawn {
  const most = Math.max(10, Math.ceil(Math.max(bits, ...terms.map((term) => term.bits)) / 10) * 10);
  const share = (value: number): string => `${((100 * value) / most).toFixed(2)}%`;
  let done = 0;
  const rows = terms.map(({ name, words, bits: value, added, note }) => {
    const from = added ? done : 0;
    if (added) done += value;
    return html`<b>${name}</b><span class="words">${readable(words)}</span>
      <svg aria-hidden="true"><rect class=${added ? 'bar' : 'not'} x=${share(from)} y="1" width=${share(value)} height="14" rx="2" /></svg>
      <b class="n">${value.toFixed(1)}</b><span class="pale noted">${note}</span>`;
  });
  const ticks = Array.from({ length: 6 }, (_, i) => (most * i) / 5);
  return html`<section class="panel" aria-labelledby="why">
    <header>
      <h2 id="why">Why</h2>
      <span class="note">in bits: one more, half as likely by chance</span>
    </header>
    <div class="why">
      ${rows}<b>total</b
      ><span class="words"
        >${terms
          .filter(({ added, bits: value }) => added && value > 0)
          .map(({ bits: value }) => value.toFixed(1))
          .join(' + ')}</span
      >
      <svg aria-hidden="true"><rect class=${`all b${band(blip.score)}`} x="0" y="1" width=${share(bits)} height="14" rx="2" /></svg
      ><b class="n">${bits.toFixed(1)}</b><b class="noted">score ${count(blip.score)}</b>
      <span class="scale">bits<br />score at so many bits</span
      ><svg class="ticks" aria-hidden="true">
        ${ticks.map((value) => svg`<text x=${share(value)} y="2">${value}</text><text x=${share(value)} y="18">${Math.round(1000 * (1 - 2 ** (-value / 10))) / 10}</text>`)}
      </svg>
    </div>
  </section>`;
}

const quarter = 6 * 3_600_000;

/** Events in each six hours of the last week, oldest first, up to the end of a window. */
function foldWeek({ blip, history: { parts: known } }: PatternAnswer): { from: number; counts: number[] } {
  const last = Math.floor((Date.parse(blip.end) - 1) / quarter) * quarter;
  const counts = new Map(known.map(({ from, count: many }) => [Date.parse(from), many]));
  const from = last - 27 * quarter;
  return { from, counts: Array.from({ length: 28 }, (_, i) => counts.get(from + i * quarter) ?? 0) };
}

/** Its last windows, and the last week. */
function history(answer: PatternAnswer, now: string): Drawn {
  const {
    blip,
    history: { first, last, memory_ms: reach, count_7d: week },
  } = answer;
  const days = foldWeek(answer);
  const most = Math.max(1, ...days.counts);
  const { trend, usual, start, end } = blip;
  const cell = Date.parse(end) - Date.parse(start);
  const from = Date.parse(end) - cell * trend.length;
  const top = Math.max(1, ...trend, usual ?? 0);
  const name = `${plural(trend.length, 'window')} of ${lasting(cell)}: ${trend.map(count).join(', ')}; usual ${expected(usual)}`;
  return html`<section class="panel" aria-labelledby="history">
    <header>
      <h2 id="history">History</h2>
      <span class="note">count, ${lasting(cell)} a cell, highest ${count(top)}</span>
    </header>
    <div class="pad">
      <p>first ${moment(first, now)}, last ${moment(last, now)}, ${count(week)} in 7 days, ${lasting(reach)} of memory</p>
      <svg class="bars" viewBox="0 0 1200 64" preserveAspectRatio="none" role="img" aria-label=${name}>
        ${bars(trend, top, 1200, 64)}${usual ? svg`<path class="usual" d=${`M0 ${64 - (60 * usual) / top}h1200`} />` : nothing}
      </svg>
      <p class="axis" aria-hidden="true">
        ${[0, 3, 6, 9, 12].map((i) => html`<span>${formatTick(from + (i * cell * trend.length) / 12, cell)}${i === 12 ? 'Z' : ''}</span>`)}
      </p>
      <svg
        class="bars week"
        viewBox="0 0 1200 24"
        preserveAspectRatio="none"
        role="img"
        aria-label=${`last 7 days, 6h a cell: ${days.counts.map(count).join(', ')}`}
      >
        ${bars(days.counts, most, 1200, 24)}
      </svg>
      <p class="axis" aria-hidden="true">
        <span>${formatDay(days.from)}</span><span>7 days, 6h a cell, highest ${count(most)}</span><span>${formatDay(blip.end)}</span>
      </p>
    </div>
  </section>`;
}

/** A bar a cell, a dot where nothing came. */
export function bars(counts: readonly number[], top: number, width: number, height: number): Drawn[] {
  const step = width / counts.length;
  return counts.map((value, i) =>
    value === 0
      ? svg`<rect class="dot" x=${i * step + step / 2 - 2} y=${height - 2} width="4" height="2" />`
      : svg`<rect x=${i * step} y=${height - Math.max(2, (value / top) * (height - 4))} width=${step * 0.94} height=${Math.max(2, (value / top) * (height - 4))} />`,
  );
}

/** Values that stand in places of the pattern with one value. */
const onlyValues = ({ blip }: PatternAnswer): string[] => blip.parts.filter(({ kind }) => kind === 'value').map(({ text }) => text);

function exemplars(answer: PatternAnswer): Drawn {
  const { exemplars: lines, total } = answer.blip;
  const names = lines.length === 3 ? ['first', 'middle', 'last'] : ['first', 'last'];
  return html`<section class="panel" aria-labelledby="lines">
    <header>
      <h2 id="lines">Exemplars</h2>
      <span class="note">${lines.length} of ${count(total)}, secrets redacted</span>
    </header>
    <table class="lines">
      <caption class="vh">
        Lines of the pattern
      </caption>
      <tbody>
        ${lines.map(
          ({ timestamp, text }, i) =>
            html`<tr>
              <th scope="row" class="pale">${names[i] ?? ''}</th>
              <td class="mono pale">
                ${formatDay(timestamp) === formatDay(answer.blip.end) ? '' : `${formatDay(timestamp)} `}${formatClock(timestamp)}Z
              </td>
              <td>${marked(text, onlyValues(answer))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

function slots({ blip }: PatternAnswer): Drawn {
  const rows = blip.slots.flatMap(({ type, values, distinct }) => {
    // A bar is a share of all events of the pattern, as far as its values are counted.
    const all = Math.max(
      blip.total,
      values.reduce((sum, one) => sum + one.count, 0),
    );
    return values
      .slice(0, 5)
      .map(
        (one, i) =>
          html`<span class="mono pale">${i === 0 ? readable(type) : ''}</span
            ><bdi dir="ltr" class="pat">${distinct === 1 ? html`<b class="val">${readable(one.value)}</b>` : readable(one.value)}</bdi
            ><svg aria-hidden="true"><rect width=${`${(100 * one.count) / all}%`} height="10" /></svg><b class="n">${count(one.count)}</b>`,
      );
  });
  return rows.length === 0
    ? nothing
    : html`<section class="panel" aria-labelledby="slots">
        <header>
          <h2 id="slots">Slots</h2>
          <span class="note">what stood in the places of the pattern</span>
        </header>
        <div class="slots">${rows}</div>
      </section>`;
}

function templates({ templates: all }: PatternAnswer): Drawn {
  if (all.length < 2) return nothing;
  return html`<section class="panel" aria-labelledby="templates">
    <header>
      <h2 id="templates">Templates</h2>
      <span class="note">${all.length} fold into this pattern</span>
    </header>
    <table class="lines">
      <caption class="vh">
        Templates of the pattern
      </caption>
      <tbody>
        ${all.slice(0, 6).map(
          (one) =>
            html`<tr>
              <th scope="row">${parts(one.parts)}</th>
              <td class="n"><b>${count(one.count)}</b></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}

/** What moved before, at the same time and after, by its id; `known`: the patterns behind the ids, where they are. */
export function nearRows(
  { same_minutes: minutes }: PatternAnswer['context'],
  known: PatternAnswer['known'],
  short: (id: string) => string,
): Drawn {
  return html`<div class="near">
    ${(['before', 'during', 'after'] as const).flatMap((when) =>
      (minutes?.[when] ?? []).map(
        ({ topic_id: id, text }, i) =>
          html`<span class="pale">${i === 0 ? when : ''}</span
            >${id === undefined ? html`<span class="accent">${icon('change')}</span><b>${readable(text)}</b>` : html`<a class="mono id" href=${`#/p/${id}`}>${short(id)}</a><span>${known[id] ? parts(known[id].parts) : nothing}<small>${readable(text)}</small></span>`}`,
      ),
    )}
  </div>`;
}

function beside({ context, known }: PatternAnswer, short: (id: string) => string): Drawn {
  const { before = [], during = [], after = [] } = context.same_minutes ?? {};
  const many = before.length + during.length + after.length;
  return html`<section class="panel" aria-labelledby="near">
    <header>
      <h2 id="near">Same minutes</h2>
      <span class="note">all groups</span>
    </header>
    ${many === 0 ? html`<p class="none">Nothing else moved.</p>` : nearRows(context, known, short)}
  </section>`;
}

export function pastRows(all: NonNullable<PatternAnswer['context']['past_episodes']>, short: (id: string) => string): Drawn {
  return html`<div class="near">
    ${all.map(({ id, at, lasted_ms: ms, values, note, link: address }) => html`<a class="mono id" href=${`#/e/${id}`}>${short(id)}</a><span></span><span>${formatDay(at)} ${formatMinute(at)}Z${ms === null ? ', goes on' : `, ${lasting(ms)}`} ${values ? html`<b class="mono">${values.map(readable).join(' ')}</b>` : nothing}<small>${note === undefined ? '' : `“${readable(note)}” `}${link(address)}</small></span>`)}
  </div>`;
}

function past({ context: { past_episodes: all = [] } }: PatternAnswer, short: (id: string) => string): Drawn {
  return html`<section class="panel" aria-labelledby="past">
    <header>
      <h2 id="past">Past episodes</h2>
      <span class="note">that it was part of</span>
    </header>
    ${all.length === 0 ? html`<p class="none">None is known.</p>` : pastRows(all, short)}
  </section>`;
}

/** What people answered, oldest first. */
export function answersPanel({ notes }: Pick<PatternAnswer, 'notes'>, now: string): Drawn {
  if (notes.length === 0) return nothing;
  return html`<section class="panel" aria-labelledby="answers">
    <header>
      <h2 id="answers">Answers</h2>
      <span class="note">newest last</span>
    </header>
    <ul class="flist">
      ${notes.slice(-8).map(({ type, who, at, text, link: address, until }) => html`<li class="pad"><span class="mono pale">${moment(at, now)}</span> <b>${type}</b> by ${readable(who)}${until === undefined ? '' : ` until ${moment(until, now)}`}${text === undefined ? '' : `: “${readable(text)}”`} ${link(address)}</li>`)}
    </ul>
  </section>`;
}
