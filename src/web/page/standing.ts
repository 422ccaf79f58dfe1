import { html, nothing } from 'lit/html.js';
import type { BoardView } from '../client.ts';
import type { FeedState } from './feed.ts';
import { icon, type Drawn } from './marks.ts';
import { age, count, formatDay, lasting, moment, plural, rate, span } from './words.ts';

export const firing = ({ findings }: BoardView): number => findings.filter(({ state }) => state === 'firing').length;

/** What is shown is far behind, and by how much. */
export function behind({ behind_ms: ms, window_ms: width }: BoardView): string | null {
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
    <span class=${live.live === live.all ? 'more' : ''}><b>${live.live} of ${live.all}</b> groups live</span> ${learning(view)}
    ${radar ? html`<span class="short"><b>${span(radar.start, radar.end)}</b> ${radar.open ? 'open' : 'closed'}</span>` : nothing} ${tools}
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
