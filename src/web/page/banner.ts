import { html, nothing } from 'lit/html.js';
import type { Drawn } from './marks.ts';
import type { FeedState } from './feed.ts';
import { behind } from './standing.ts';
import { lasting, moment, plural, readable } from './words.ts';

/** The banner of what is not calm and not to be believed: the page or its sources are blind. */
export function banner({ link, view, since, next }: FeedState, now: number): Drawn {
  if (link === 'cut') {
    const text = `CUT OFF from caducus for ${lasting(now - since)}, next try in ${Math.max(0, Math.ceil((next - now) / 1000))}s.`;
    return html`<section class="banner">
      <div>
        <h1><b class="blind">CUT OFF</b> <span aria-hidden="true">${text.slice(8)}</span></h1>
        ${view?.as_of ? html`<p>Below: as of ${moment(view.as_of, view.now)}. Nothing new can be seen here; the run itself goes on.</p>` : html`<p>Nothing has come yet.</p>`}
      </div>
    </section>`;
  }
  if (!view) return nothing;
  const troubled = view.sources.filter(({ trouble }) => trouble !== undefined);
  const why = troubled.map(
    ({ id, trouble }) => html`<b>${readable(id)}</b>: ${readable(trouble!.why)} since ${moment(trouble!.since, view.as_of ?? view.now)}. `,
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
