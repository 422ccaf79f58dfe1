import { html, nothing, svg } from 'lit/html.js';
import type { BoardView } from '../../client.ts';
import type { Drawn } from '../marks.ts';
import { age, count, formatDay, formatMinute, formatTick, lasting, moment, plural, rate, readable, span } from '../words.ts';

const fact = (name: string, value: Drawn, more: Drawn): Drawn =>
  html`<div>
    <dt>${name}</dt>
    <dd><b>${value}</b><span>${more}</span></dd>
  </div>`;

/** Nothing unusual, exactly what that means, and the proof that the radar sees. */
export function calmHead(view: BoardView, short: (id: string) => string): Drawn {
  const { calm, as_of: asOf, groups_live: live, memory, radar, silenced, findings } = view;
  const now = Date.parse(asOf ?? view.now);
  const ago = view.live ? (view.behind_ms ?? 0) : 0;
  const acked = findings.filter(({ state }) => state === 'acked').length;
  return html`<section class="calm">
    <div>
      <h1>Nothing unusual</h1>
      <p>
        ${calm.since === null ? nothing : `for ${lasting(now - Date.parse(calm.since))}: `}no score of 40 or more.
        ${plural(radar?.patterns ?? 0, 'pattern')}${radar && radar.new_patterns > 0 ? `, ${radar.new_patterns} new` : ''}.
      </p>
      <p class="pale">Firing 0, acked ${acked}, silenced ${Object.keys(silenced).length}.</p>
    </div>
    <dl>
      ${asOf === null ? nothing : fact('last event', view.live ? `${age(ago)} ago` : moment(asOf, view.now), view.live ? moment(asOf, view.now) : 'all that was given is read')}
      ${fact('groups', `${live.live} of ${live.all} live`, view.problem === null ? 'every source gives' : readable(view.problem))}
      ${memory.since === null ? nothing : fact('learned', lasting(now - Date.parse(memory.since)), `since ${formatDay(memory.since)} ${formatMinute(memory.since)}Z`)}
      ${calm.highest === null ? nothing : fact('highest since', count(calm.highest.score), html`<a class="mono" href=${`#/p/${calm.highest.topic_id}`}>${short(calm.highest.topic_id)}</a>, ${span(calm.highest.start, calm.highest.end)}`)}
      ${calm.last_fired === null ? fact('last fired', 'never', 'as far as is known') : fact('last fired', `${age(now - Date.parse(calm.last_fired.resolved))} ago`, html`<a class="mono" href=${`#/e/${calm.last_fired.id}`}>${short(calm.last_fired.id)}</a>, resolved ${moment(calm.last_fired.resolved, asOf ?? view.now)}`)}
    </dl>
  </section>`;
}

/** Events over all groups, a point a window, in the band of what is usual. It begins at 0: a cut axis would make calm look nervous. */
export function pulse({ pulse: { points, band }, window_ms: width }: BoardView): Drawn {
  if (points.length < 2 || width === null) return nothing;
  const high = band?.high ?? 1;
  const most = Math.max(1e-9, ...points.map((one) => Math.max(one.events_per_second, one.usual * high))) * 1.08;
  const x = (i: number): number => (1000 * i) / (points.length - 1);
  const y = (value: number): number => 100 - (100 * value) / most;
  const path = (value: (one: (typeof points)[number]) => number): string =>
    points.map((one, i) => `${x(i).toFixed(1)} ${y(value(one)).toFixed(2)}`).join(' ');
  const back = points.map((one, i) => `${x(i).toFixed(1)} ${y(one.usual * (band?.low ?? 1)).toFixed(2)}`).reverse();
  const last = points.at(-1)!;
  const axis = [0, 0.25, 0.5, 0.75, 1].map((share) => Date.parse(points[Math.round(share * (points.length - 1))]!.start) + width);
  return html`<section class="panel pulse" aria-labelledby="pulse">
    <header>
      <h2 id="pulse">Events, all groups</h2>
      <span class="note">a point a window of ${lasting(width)}${band === null ? '' : '; eight of ten windows were in the band'}</span>
    </header>
    <div class="chart">
      <span class="y top">${rate(most)}/s</span><span class="y zero">0</span>
      <svg
        viewBox="0 0 1000 100"
        preserveAspectRatio="none"
        role="img"
        aria-label=${`events a second: ${rate(last.events_per_second)} now, usual ${rate(last.usual)}`}
      >
        <path class="grid" d="M0 0h1000M0 50h1000M0 100h1000" />
        ${band === null ? nothing : svg`<path class="band" d=${`M${path((one) => one.usual * band.high)} L${back.join(' ')}Z`} />`}
        <path class="usual" d=${`M${path((one) => one.usual)}`} />
        <path class="rate" d=${`M${path((one) => one.events_per_second)}`} />
      </svg>
      <span class="here"><b>${rate(last.events_per_second)}/s</b> usual ${rate(last.usual)}</span>
    </div>
    <p class="axis" aria-hidden="true">${axis.map((time, i) => html`<span>${formatTick(time, width)}${i === 4 ? 'Z' : ''}</span>`)}</p>
  </section>`;
}
