import { html, nothing } from 'lit/html.js';
import type { BoardView, LaneView } from '../client.ts';
import { groupName, type Drawn } from './marks.ts';
import { band, count, lasting, formatClock, formatTick, plural, readable } from './words.ts';

const shown = 8;
const columns = 36;

/** What stands upright in the lanes: a change, or the beginning of an episode. */
interface Upright {
  column: number;
  kind: 'change' | 'episode' | 'asof';
  text: string;
}

/** Changes and beginnings of episodes, by the window that held them, at most three; of what is stale the end of what was seen. */
function uprights({ changes, findings, stale, lanes: { starts }, window_ms: width }: BoardView, short: (id: string) => string): Upright[] {
  const column = (at: string) =>
    starts.findLastIndex((start) => Date.parse(start) <= Date.parse(at) && Date.parse(at) < Date.parse(start) + (width ?? 0));
  // What cannot be seen comes first: names over names cannot be read.
  if (stale)
    return [{ column: column(stale.as_of), kind: 'asof', text: `as of ${formatClock(stale.as_of)}Z` } as const].filter(
      (one) => one.column >= 0,
    );
  const all: Upright[] = [
    ...changes.slice(-2).map(({ at, text = '' }): Upright => ({ column: column(at), kind: 'change', text: `change ${readable(text)}` })),
    ...findings
      .filter(({ type, state }) => type === 'episode' && state !== 'resolved')
      .slice(0, 1)
      .map(({ since, id }): Upright => ({ column: column(since), kind: 'episode', text: short(id) })),
  ];
  return all.filter((one) => one.column >= 0);
}

function cell(
  { group_id: group, scores, counts }: LaneView,
  i: number,
  starts: readonly string[],
  width: number,
  first: boolean,
  marks: readonly Upright[],
): Drawn {
  const start = starts[i]!;
  const score = scores[i] ?? null;
  const last = i === scores.length - 1;
  const name = `${readable(group)} ${formatTick(start, width)}-${formatTick(Date.parse(start) + width, width)}Z ${score === null ? 'no data' : `score ${count(score)}, ${plural(counts[i] ?? 0, 'event')}`}`;
  const kind = score === null ? 'hatch' : `b${band(score)}`;
  const upright = marks.map((one) => (one.column === i ? ` ${one.kind}` : '')).join('');
  return html`<td class=${`cell${upright}`}>
    <a href=${`#/?at=${start}`} tabindex=${first && last ? 0 : -1} title=${name} aria-label=${name}><i class=${kind}></i></a>
  </td>`;
}

/** The last hours by group: a cell a window, height and colour say its highest score. */
export function lanes(view: BoardView, short: (id: string) => string, filter: (group: string) => boolean): Drawn {
  const { starts, groups, more } = view.lanes;
  const width = view.window_ms ?? 0;
  const fits = groups.filter(({ group_id: group }) => filter(group));
  const rows = fits.slice(0, shown);
  const rest = fits.length - rows.length + more.groups;
  const highest = Math.max(more.highest, ...fits.slice(shown).flatMap(({ scores }) => scores.map((score) => score ?? 0)));
  const marks = uprights(view, short);
  const empty = Math.max(0, columns - starts.length);
  const end = starts.length === 0 ? null : Date.parse(starts.at(-1)!) + width;
  const axis = Array.from({ length: 6 }, (_, i) => (end === null ? null : end - (columns - i * 6) * width));
  return html`<section class="panel lanes" aria-labelledby="lanes">
    <header>
      <h2 id="lanes">Last ${lasting(columns * width)} by group</h2>
      <span class="note">${lasting(width)} a cell</span>
      <span class="legend" aria-hidden="true"
        >score ${[0, 20, 40, 60, 80].map((from, i) => html`<i class="b${i}"></i>${from} `)}<i class="hatch"></i>no data</span
      >
    </header>
    <table>
      <caption class="vh">
        Highest score of each group, window by window
      </caption>
      <thead>
        <tr aria-hidden="true">
          <th></th>
          <td colspan=${columns} class="names">
            ${marks.map(({ column, kind, text }) => html`<span class="name ${kind} at${empty + column}">${text}</span>`)}
          </td>
          <th class="now">now</th>
        </tr>
      </thead>
      <tbody @keydown=${walk}>
        ${rows.map((lane, row) => {
          const now = lane.scores.at(-1) ?? null;
          return html`<tr>
            <th scope="row">${groupName(lane.group_id)}</th>
            ${empty > 0 ? html`<td colspan=${empty}></td>` : nothing}
            ${lane.scores.map((_, i) => cell(lane, i, starts, width, row === 0, marks))}
            <td class=${now === null ? 'now blind' : now >= 20 ? 'now strong' : 'now'}>${now === null ? 'no data' : count(now)}</td>
          </tr>`;
        })}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <th></th>
          ${axis.map((time) => html`<td colspan="6">${time === null ? '' : formatTick(time, width)}</td>`)}
          <td>${end === null ? '' : `${formatTick(end, width)}${width < 86_400_000 ? 'Z' : ''}`}</td>
        </tr>
      </tfoot>
    </table>
    ${rest > 0 ? html`<p class="note">${plural(rest, 'more group')}, ${highest < 20 ? 'all under 20' : `highest ${count(highest)}`}</p>` : nothing}
  </section>`;
}

/** Arrows move from cell to cell. */
function walk(event: KeyboardEvent): void {
  const from = (event.target as HTMLElement).closest('td');
  const row = from?.closest('tr');
  if (!from || !row) return;
  const column = [...row.querySelectorAll('.cell')].indexOf(from);
  const next =
    event.key === 'ArrowLeft' || event.key === 'ArrowRight'
      ? [...row.querySelectorAll('.cell')][column + (event.key === 'ArrowLeft' ? -1 : 1)]
      : event.key === 'ArrowUp' || event.key === 'ArrowDown'
        ? [...((event.key === 'ArrowUp' ? row.previousElementSibling : row.nextElementSibling)?.querySelectorAll('.cell') ?? [])][column]
        : undefined;
  const target = next?.querySelector('a');
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  from.querySelector('a')!.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
}
