import { html, nothing, svg } from 'lit/html.js';
import type { BoardView } from '../client.ts';
import type { FeedState } from './feed.ts';
import { groupName, icon, type Drawn } from './draw.ts';
import { age, formatClock, count, formatDay, lasting, formatMinute, moment, plural, rate, readable, span } from './words.ts';

export const firing = ({ findings }: BoardView): number => findings.filter(({ state }) => state === 'firing').length;

/** Whether there is nothing to do, and all can be seen: otherwise it is not calm. */
export function isCalm(view: BoardView): boolean {
  const { radar, groups_live: live, sources, stale, calm, episodes } = view;
  const troubled = sources.some(({ trouble }) => trouble !== undefined);
  if (!radar || radar.learning || stale || troubled || live.all === 0 || live.live < live.all) return false;
  return firing(view) === 0 && episodes.length === 0 && calm.since !== null && radar.blips.every(({ score }) => score < 40);
}

/** What is shown is far behind, and by how much. */
function behind({ behind_ms: ms, window_ms: width }: BoardView): string | null {
  return ms !== null && width !== null && ms > 2 * width ? lasting(ms) : null;
}

/** The word for whether what is seen is now. */
export function liveWord({ link, view }: FeedState, paused: number | null): Drawn {
  if (!view) return nothing;
  if (link === 'cut') return html`<span class="live blind">${icon('no data')} <b>Cut off</b></span>`;
  if (paused !== null) return html`<span class="live"><b>Paused</b>, ${plural(paused, 'window')} newer</span>`;
  if (view.stale)
    return html`<span class="live blind"
      >${icon('no data')} <b>Stale</b>, ${view.stale.groups} of ${view.stale.of} groups for ${lasting(view.stale.for_ms)}</span
    >`;
  const late = behind(view);
  if (late !== null) return html`<span class="live blind"><b>Behind</b> ${late}</span>`;
  if (!view.live)
    return html`<span class="live"><b>Read</b>${view.as_of === null ? nothing : html`, as of ${moment(view.as_of, view.now)}`}</span>`;
  return html`<span class="live"
    ><i class="on" aria-hidden="true"></i><b>Live</b>, ${view.behind_ms === null ? 'no events yet' : `${age(view.behind_ms)} behind`}<span
      class="more"
      >, ${rate(view.events_per_second)}/s</span
    ></span
  >`;
}

/** The window: its day, its span, and how much of it has passed. */
export function windowWords({ radar, as_of: asOf, window_ms: width }: BoardView, past: boolean): Drawn {
  if (!radar || width === null) return nothing;
  const passed = Math.max(0, Math.min(width, Date.parse(asOf ?? radar.end) - Date.parse(radar.start)));
  return html`<span class="window"
    ><span class="more">${formatDay(radar.start)}</span> <b>${span(radar.start, radar.end)}</b>
    <span class="more">window ${lasting(width)},</span> ${
      radar.open && !past
        ? html`open ${lasting(passed)}<svg class="passed" viewBox="0 0 60 4" preserveAspectRatio="none" aria-hidden="true">
              <rect width="60" height="4" />
              <rect class="done" width=${(60 * passed) / width} height="4" />
            </svg>`
        : 'closed'
    }</span
  >`;
}

/** The banner of what is not calm and not to be believed: the page or its sources are blind. */
export function banner({ link, view, since, next }: FeedState, now: number): Drawn {
  if (link === 'cut') {
    const text = `CUT OFF from caducus for ${lasting(now - since)}, next try in ${Math.max(0, Math.ceil((next - now) / 1000))}s.`;
    return html`<section class="banner">
      <div>
        <h1><b class="blind">CUT OFF</b> <span aria-hidden="true">${text.slice(8)}</span></h1>
        ${view?.as_of ? html`<p>Below: as of ${moment(view.as_of, view.now)}. Nothing new can be seen here; the run itself goes on.</p>` : html`<p>Nothing was heard yet.</p>`}
      </div>
    </section>`;
  }
  if (!view) return nothing;
  const troubled = view.sources.filter(({ trouble }) => trouble !== undefined);
  const why = troubled.map(
    ({ id, trouble }) => html`<b>${readable(id)}</b>: ${readable(trouble!.why)} since ${formatClock(trouble!.since)}Z. `,
  );
  if (view.stale) {
    const { groups, of, for_ms: ms, usual_gap_ms: gap, as_of: asOf } = view.stale;
    return html`<section class="banner">
      <div>
        <h1>
          <b class="blind">STALE</b> ${groups} of ${of} groups: no events for
          ${lasting(ms)}${gap === null ? '' : `, usual gap ${lasting(gap)}`}
        </h1>
        <p>${why}Nothing new can fire there; what is firing stays firing, marked no data. Below: as of ${moment(asOf, view.now)}.</p>
      </div>
    </section>`;
  }
  if (troubled.length > 0)
    return html`<section class="banner">
      <div>
        <h1><b class="blind">BLIND</b> ${plural(troubled.length, 'source')} ${troubled.length === 1 ? 'gives' : 'give'} nothing</h1>
        <p>${why}</p>
      </div>
    </section>`;
  const late = behind(view);
  return late === null
    ? nothing
    : html`<section class="banner">
        <div>
          <h1><b class="blind">BEHIND</b> ${late}</h1>
          <p>What is shown happened then. All lines are counted.</p>
        </div>
      </section>`;
}

/** What fires, what came, what can be seen: the line below the top. `tools` stand at its end. */
export function sumLine(view: BoardView, tools: Drawn): Drawn {
  const { radar, groups_live: live, silenced, findings } = view;
  const many = (wanted: string): number => findings.filter(({ state }) => state === wanted).length;
  return html`<section class="sum" aria-label="in sum">
    <span
      >${firing(view) > 0 ? html`<span class="word firing">${icon('firing')} <b>Firing ${firing(view)}</b></span>` : 'Firing 0'}, acked
      ${many('acked')}, silenced ${Object.keys(silenced).length}</span
    >
    ${radar ? html`<span class="more"><b>${count(radar.events)}</b> events, <b>${count(radar.patterns)}</b> patterns, <b>${count(radar.new_patterns)}</b> new</span>` : nothing}
    <span><b>${live.live} of ${live.all}</b> groups live</span> ${learning(view)} ${tools}
  </section>`;
}

/** `LEARNING 3h 10m of 24h` */
function learning({ radar }: BoardView): Drawn {
  const known = radar?.learning;
  return known && known.learned_ms < known.warmup_ms
    ? html`<span
        ><b class="accent">LEARNING</b> ${lasting(known.learned_ms)} of ${lasting(known.warmup_ms)}: new is shown and does not fire</span
      >`
    : nothing;
}

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
    <p class="axis" aria-hidden="true">${axis.map((time, i) => html`<span>${formatMinute(time)}${i === 4 ? 'Z' : ''}</span>`)}</p>
  </section>`;
}

/** Whether each group can be seen: how long ago it spoke, and how long it is usually silent. */
export function sources(view: BoardView, blind: boolean): Drawn {
  const rows = [...view.groups].sort((a, b) => Number(a.state === 'live') - Number(b.state === 'live'));
  return html`<section class="panel sources" aria-labelledby="sources">
    <header>
      <h2 id="sources">Sources</h2>
      <span class="note">${blind ? 'what can be seen, and what can not' : 'that it is quiet, not blind'}</span>
    </header>
    <table>
      <caption class="vh">
        Whether each group can be seen
      </caption>
      <thead>
        <tr>
          <th scope="col">group</th>
          <th scope="col">state</th>
          <th scope="col" class="n">last event</th>
          <th scope="col" class="n">ago</th>
          <th scope="col" class="n">usual gap</th>
          <th scope="col" class="n">events/s</th>
        </tr>
      </thead>
      <tbody>
        ${rows.slice(0, 12).map(
          ({ group_id: group, state, last_seen: last, quiet_ms: quiet, usual_gap_ms: gap, events_per_second: events }) =>
            html`<tr>
              <th scope="row">${groupName(group)}</th>
              <td>
                ${state === 'live' ? html`<i class="on" aria-hidden="true"></i> live` : html`<span class="blind">${icon('no data')} <b>no data</b></span>`}
              </td>
              <td class="n mono">${last === null ? '-' : moment(last, view.as_of ?? view.now)}</td>
              <td class="n"><b>${quiet === null ? '-' : lasting(quiet)}</b></td>
              <td class="n pale">${gap === null ? '-' : gap < 1000 ? '<1s' : lasting(gap)}</td>
              <td class="n">${rate(events)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${rows.length > 12 ? html`<p class="note">${plural(rows.length - 12, 'more group')}</p>` : nothing}
  </section>`;
}

/** Open findings that a person would act on; those of episodes too, since they are what was sent. */
export function findingsPanel(view: BoardView, draw: (view: BoardView) => Drawn): Drawn {
  const open = view.findings.filter(({ state }) => state !== 'pending');
  const acked = open.filter(({ state }) => state === 'acked').length;
  return html`<section class="panel findings" aria-labelledby="findings">
    <header>
      <h2 id="findings">Findings</h2>
      <span class="note">${firing(view)} firing, ${acked} acked</span><a class="end" href="#/findings">all findings</a>
    </header>
    ${open.length === 0 ? html`<p class="none">None is open.</p>` : draw(view)}
  </section>`;
}
