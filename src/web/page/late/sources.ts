import { html, nothing } from 'lit/html.js';
import type { BoardView, GroupView, SourceView } from '../../client.ts';
import { answerWords } from '../first/draw.ts';
import { groupName, icon, type Drawn } from '../marks.ts';
import { count, lasting, moment, plural, rate, readable } from '../words.ts';

/** Lines that are listed, and from where on a silence is worth a word, milliseconds. */
const most = 12;
const silence = 60_000;

const columns = ['source, group', 'state', 'last event', 'ago', 'usual gap', 'events/s', 'behind', 'why'];

/** A line of the table. `why` is said where it is blind, and where it looks as if it were. */
interface Line {
  name: Drawn;
  /** Null where it is over, and neither. */
  live: boolean | null;
  last: string | null;
  ago: number | null;
  gap: number | null;
  rate: number | null;
  behind: number | null;
  why: Drawn;
}

/** What the pipeline reads from: how far it lies behind, and why it gives nothing where it does not. */
function sourceLine({ id, received, events_per_second: events, behind_ms: behind, trouble }: SourceView, view: BoardView): Line {
  const today = view.as_of ?? view.now;
  return {
    name: html`<bdi dir="ltr" class="mono grp">${readable(id)}</bdi> <span class="pale">source</span>`,
    live: trouble ? false : view.live ? true : null,
    last: behind === null ? null : new Date(Date.parse(view.now) - behind).toISOString(),
    ago: behind,
    gap: null,
    rate: events,
    behind: trouble ? null : behind,
    why: trouble
      ? `${readable(trouble.why)}, since ${moment(trouble.since, today)}`
      : received === 0
        ? 'nothing came yet'
        : `${count(received)} came`,
  };
}

function groupLine(group: GroupView, view: BoardView): Line {
  const { group_id: id, state, last_seen: last, quiet_ms: quiet, usual_gap_ms: gap, events_per_second: events } = group;
  return {
    name: groupName(id),
    live: state === 'live',
    last,
    ago: quiet,
    gap,
    rate: events,
    behind: null,
    why: explainGroup(group, view),
  };
}

function explainGroup({ state, finding, quiet_ms: quiet, usual_gap_ms: gap }: GroupView, view: BoardView): Drawn {
  if (state === 'no data') {
    const answer = finding === undefined ? '' : answerWords(view, finding);
    if (answer !== '') return answer;
    const [first, ...others] = view.sources;
    // Which source a group comes from is known where there is one.
    return first?.trouble && others.every(({ trouble }) => trouble) ? 'its source gives nothing' : 'silent against its habit';
  }
  if (quiet === null || quiet < silence) return '';
  return gap === null ? 'too few events to know its habit' : 'quiet, not blind';
}

function tr({ name, live, last, ago, gap, rate: events, behind, why }: Line, view: BoardView, blind: boolean): Drawn {
  const seen =
    live === null
      ? 'read'
      : live
        ? html`<i class="on" aria-hidden="true"></i> live`
        : html`<span class="blind">${icon('no data')} <b>no data</b></span>`;
  return html`<tr>
    <th scope="row">${name}</th>
    <td>${seen}</td>
    <td class="n mono">${last === null ? '-' : moment(last, view.as_of ?? view.now)}</td>
    <td class="n"><b>${ago === null ? '-' : lasting(ago)}</b></td>
    <td class="n pale">${gap === null ? '-' : gap < 1000 ? '<1s' : lasting(gap)}</td>
    <td class="n">${rate(events)}</td>
    <td class="n">${behind === null ? '-' : lasting(behind)}</td>
    ${blind ? html`<td class="because">${why}</td>` : nothing}
  </tr>`;
}

/** Whether what is read, and each group of it, can be seen: how long ago something came, how long it is usually silent, and why. */
export function sources(view: BoardView, blind: boolean): Drawn {
  const rank = ({ live }: Line): number => (live === false ? 0 : 1);
  const feeds = view.sources.map((one) => sourceLine(one, view)).sort((a, b) => rank(a) - rank(b));
  const groups = view.groups.map((one) => groupLine(one, view)).sort((a, b) => rank(a) - rank(b));
  const shownFeeds = feeds.slice(0, most / 2);
  const shown = groups.slice(0, most);
  const rest = [
    feeds.length > shownFeeds.length ? plural(feeds.length - shownFeeds.length, 'more source') : '',
    groups.length > shown.length ? plural(groups.length - shown.length, 'more group') : '',
  ].filter(Boolean);
  return html`<section class="panel sources" aria-labelledby="sources">
    <header>
      <h2 id="sources">Sources</h2>
      <span class="note">${blind ? 'what can be seen, and what can not' : 'that it is quiet, not blind'}</span>
    </header>
    <table>
      <caption class="vh">
        Whether each source and group can be seen
      </caption>
      <thead>
        <tr>
          ${columns.slice(0, blind ? 8 : 7).map((name, i) => html`<th scope="col" class=${i > 1 && i < 7 ? 'n' : i === 7 ? 'because' : ''}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${[...shownFeeds, ...shown].map((line) => tr(line, view, blind))}
      </tbody>
    </table>
    ${rest.length > 0 ? html`<p class="note">${rest.join(', ')}</p>` : nothing}
  </section>`;
}
