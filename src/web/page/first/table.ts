// One file, because the columns of all its lines are the same.
import { html, nothing } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { BoardView, MemberView } from '../../client.ts';
import { answerWords, button, chip, link, parts, silentSpark, spark, state } from './draw.ts';
import { groupName, icon, type Drawn } from '../marks.ts';
import type { Block, Row } from './order.ts';
import {
  age,
  compact,
  formatClock,
  count,
  formatDay,
  expected,
  lasting,
  formatMinute,
  moment,
  offset,
  plural,
  reach,
  readable,
  span,
} from '../words.ts';

/** What the table needs to know beside its rows. */
export interface TableContext {
  view: BoardView;
  short(id: string): string;
  /** Key of the row that was chosen; null before one was. */
  focus: string | null;
  /** Key of the row that a Tab reaches. */
  stop: string | null;
  open(address: string): void;
  answer(type: 'ack' | 'silence' | 'note', target: string): void;
  choose(key: string): void;
  mayAnswer: boolean;
  /** Whether it lists all that is shown: then it says how many more there are. */
  whole: boolean;
  /** Chips without fill: what is shown is old. */
  stale: boolean;
}

const columns = ['score', 'level', 'state', 'count', 'usual', 'last', 'id', 'group', 'pattern'];

const idLink = (id: string, context: TableContext, kind = 'p'): Drawn =>
  html`<a class="mono id" href=${`#/${kind}/${id}`} tabindex="-1">${context.short(id)}</a>`;

interface Line {
  key: string;
  address: string | null;
  lead: Drawn;
  thread: 'dot' | 'change' | null;
  level: string | null;
  state: Drawn;
  count: string;
  usual: string;
  spark: Drawn;
  id: Drawn;
  group: string;
  pattern: Drawn;
  dim?: boolean;
}

function tr(line: Line, context: TableContext): Drawn {
  const focused = context.focus === line.key;
  return html`<tr
    role="row"
    class=${`row${line.dim ? ' dim' : ''}${focused ? ' here' : ''}`}
    data-key=${line.key}
    tabindex=${context.stop === line.key ? 0 : -1}
    @focus=${() => context.choose(line.key)}
    @click=${(event: MouseEvent) => {
      if (line.address !== null && !(event.target as HTMLElement).closest('a,button') && (getSelection()?.isCollapsed ?? true))
        context.open(line.address);
    }}
  >
    <td role="cell" class="n score">${line.lead}</td>
    <td role="cell" class="thread" aria-hidden="true">${line.thread ? html`<i class=${line.thread}></i>` : nothing}</td>
    <td role="cell" class=${`level ${line.level === 'ERROR' || line.level === 'FATAL' ? 'strong' : ''}`}>${line.level ?? '-'}</td>
    <td role="cell" class="st">
      ${line.state} <span class="few"><b>${line.count}</b>, usual ${line.usual}</span>
    </td>
    <td role="cell" class="n count">${line.count}</td>
    <td role="cell" class="n usual">${line.usual}</td>
    <td role="cell" class="last">${line.spark}</td>
    <td role="cell" class="idc">${line.id}</td>
    <td role="cell" class="group">${groupName(line.group)}</td>
    <th role="rowheader" scope="row" class="pattern">
      ${line.pattern}<span class="under" aria-hidden="true">${groupName(line.group)}</span>
    </th>
  </tr>`;
}

/** A line is drawn anew for another board, and where it is or was chosen: of hundreds none is in between. */
const guarded = (key: string, { view, focus, stop, mayAnswer, stale }: TableContext, draw: () => Drawn): unknown =>
  guard([view, focus === key, stop === key, mayAnswer, stale], draw);

function member(one: MemberView, context: TableContext): Drawn {
  const { row } = one;
  return tr(
    {
      key: one.topic_id,
      address: `/p/${one.topic_id}`,
      lead: html`<span class="mono off">${offset(one.offset_ms)}</span>`,
      thread: 'dot',
      level: row?.level ?? null,
      state: state(one.state),
      count: compact(one.count),
      usual: expected(row?.usual),
      spark: row ? spark(row) : nothing,
      id: idLink(one.topic_id, context),
      group: one.group_id,
      pattern: parts(one.parts),
    },
    context,
  );
}

/** An episode: a heading, the changes and patterns in order of time, what they share, and what was like it. */
export function block({ finding, members }: Block, context: TableContext): Drawn {
  const { id, result, since, state: word, updated } = finding;
  const { view, short } = context;
  const began = Date.parse(since);
  const now = view.as_of ?? updated;
  const changes = result.changes.map(({ at, text }) => ({
    at: Date.parse(at),
    text,
    who: view.changes.find((one) => one.at === at && one.text === text)?.who,
  }));
  const groups = new Set(members.map(({ group_id: group }) => group)).size;
  const answer = answerWords(view, id);
  const before = changes.filter(({ at }) => at < began);
  return html`<tbody role="rowgroup" class=${`episode ${word}`} aria-labelledby=${`e${id}`}>
    <tr role="row" class="ehead row" data-key=${id} tabindex=${context.stop === id ? 0 : -1} @focus=${() => context.choose(id)}>
      <td role="cell" class="n score">${chip(result.score)}</td>
      <th role="rowheader" colspan="9" scope="rowgroup" id=${`e${id}`}>
        <div class="etitle">
          <span
            ><b>Episode</b> ${idLink(id, context, 'e')} <b class="word ${word}">${word} ${age(Date.parse(now) - began)}</b>, since
            ${moment(since, now)}</span
          >
          <span class="extent">${plural(members.length, 'pattern')}, ${plural(groups, 'group')}</span>
          ${answer === '' ? nothing : html`<span class="extent">${answer}</span>`}
          ${
            context.mayAnswer
              ? html`<span class="acts">
                  ${button('ack', () => context.answer('ack', id), { key: 'a', main: word === 'firing' })}
                  ${button('silence', () => context.answer('silence', id))} ${button('note', () => context.answer('note', id))}
                  ${button('open', () => context.open(`/e/${id}`), { key: 'enter' })}
                </span>`
              : nothing
          }
        </div>
      </th>
    </tr>
    ${before.map(
      ({ at, text, who }) =>
        html`<tr role="row" class="changed">
          <td role="cell" class="n score"><span class="mono off">${offset(at - began)}</span></td>
          <td role="cell" class="thread" aria-hidden="true"><i class="change"></i></td>
          <td role="cell" class="level"></td>
          <td role="cell" colspan="7">
            <span class="state accent">${icon('change')} <b>change</b></span> <b class="what">${readable(text)}</b>
            <span class="pale">at ${formatClock(at)}Z${who === undefined ? '' : `, by ${readable(who)}`}</span>
          </td>
        </tr>`,
    )}
    ${repeat(
      members,
      (one) => one.topic_id,
      (one) => guarded(one.topic_id, context, () => member(one, context)),
    )}
    <tr role="row" class="facts">
      <td role="cell" class="score"></td>
      <td role="cell" class="thread"></td>
      <td role="cell" colspan="8">
        ${
          result.in_common.length > 0
            ? html`<p>
                <span class="label">in common</span>
                <span
                  >${result.in_common.slice(0, 3).map(({ value, in: many, of, field }, i) => html`${i > 0 ? ', ' : ''}${field ? `${readable(field)} ` : ''}<b class="val mono">${readable(value)}</b> in ${many} of ${of}`)}.
                  <span class="pale">Order in time, not proof of cause.</span></span
                >
              </p>`
            : html`<p>
                <span class="label">in common</span>
                <span class="pale">No value is in several of them. Order in time, not proof of cause.</span>
              </p>`
        }
        ${result.seen_before.slice(0, 2).map(
          (past) =>
            html`<p>
              <span class="label">seen before</span>
              <span
                ><a class="mono id" href=${`#/e/${past.id}`}>${short(past.id)}</a> ${formatDay(past.at)} ${formatMinute(past.at)}Z,
                ${lasting(past.lasted_ms)}, ${past.patterns} of ${past.of} patterns.
                ${past.note === undefined ? nothing : html`Note: “${readable(past.note)}”`}${past.link === undefined ? nothing : html`, ${link(past.link)}`}</span
              >
            </p>`,
        )}
      </td>
    </tr>
  </tbody>`;
}

/** A line of what is ranked, of a group that cannot be seen, or of what is over. */
export function line(row: Row, context: TableContext): Drawn {
  const { view } = context;
  if (row.kind === 'quiet') {
    const { group, finding } = row;
    const text = group.quiet_ms === null ? 'no events' : `no events for ${lasting(group.quiet_ms)}`;
    const answer = finding ? answerWords(view, finding.id) : '';
    const lane = view.lanes.groups.find(({ group_id: id }) => id === group.group_id);
    const last = view.lanes.starts.at(-1);
    const width = view.window_ms ?? 0;
    return tr(
      {
        key: row.key,
        address: finding ? `/e/${finding.id}` : null,
        lead: chip(null),
        thread: null,
        level: null,
        state: html`<span class="state blind">${icon('no data')} <b>no data</b></span>`,
        count: '0',
        usual: '-',
        spark: lane && last ? silentSpark(lane.counts, new Date(Date.parse(last) + width).toISOString(), width) : nothing,
        id: finding ? idLink(finding.id, context, 'e') : '',
        group: group.group_id,
        pattern: html`<span class="mono">${text}</span>${answer === '' ? nothing : html` <span class="pale">${answer}</span>`}`,
      },
      context,
    );
  }
  const { blip } = row;
  const was = row.kind === 'earlier';
  const answer = answerWords(view, blip.topic_id);
  const tail = was
    ? html` <span class="pale">${formatMinute(blip.start)}, ${age(Date.parse(view.radar!.end) - Date.parse(row.blip.until))} ago</span>`
    : blip.on_since !== undefined
      ? html` <span class="pale">on ${age(Date.parse(blip.end) - Date.parse(blip.on_since))}</span>`
      : nothing;
  return tr(
    {
      key: row.key,
      address: blip.volume === undefined ? `/p/${blip.measure ? blip.template_id : blip.topic_id}` : null,
      lead: chip(blip.score),
      thread: null,
      level: blip.level,
      state: was
        ? html`<span class="state">${icon(blip.state)} <b>was ${blip.state}</b></span>`
        : state(blip.volume === undefined ? blip.state : 'volume'),
      count: compact(blip.count),
      usual: expected(blip.usual),
      spark: spark(was ? { ...blip, trend: row.blip.trend_now } : blip, was),
      id: blip.volume === undefined ? idLink(blip.measure ? blip.template_id : blip.topic_id, context) : '',
      group: blip.group_id,
      pattern: html`${parts(blip.parts)}${tail}${answer === '' ? nothing : html` <span class="pale">${answer}</span>`}`,
      dim: was,
    },
    context,
  );
}

/** `1 silenced (s5vd until 06:00Z)`, of several their number. */
function silencedWords(all: readonly (readonly [target: string, until: string])[], short: (id: string) => string): string {
  const [first] = all;
  return `${all.length} silenced${first && all.length === 1 ? ` (${readable(short(first[0]))} until ${formatMinute(first[1])}Z)` : ''}`;
}

/** How many patterns are not listed, and what they do. */
function rest({ view, whole, short }: TableContext): Drawn {
  const { radar, silenced } = view;
  if (!whole || !radar || radar.rest.patterns === 0) return nothing;
  const { patterns, events, states } = radar.rest;
  const share = radar.events > 0 ? ` (${((100 * events) / radar.events).toFixed(1)} %)` : '';
  const words = Object.entries(states)
    .filter(([, many]) => many > 0)
    .sort((a, b) => b[1] - a[1])
    .map(([word, many]) => `${count(many)} ${word}`);
  const mute = Object.entries(silenced);
  return html`<tr role="row" class="rest">
    <td role="cell" colspan="10">
      ${count(patterns)} more, ${plural(events, 'event')}${share}:
      ${[...words, ...(mute.length > 0 ? [silencedWords(mute, short)] : [])].join(', ')}
    </td>
  </tr>`;
}

/** The one table: episodes as blocks, what is ranked, groups that cannot be seen, how many more, what is over. */
export function table(blocks: readonly Block[], rows: readonly Row[], earlier: readonly Row[], sort: string, context: TableContext): Drawn {
  const { view } = context;
  const { radar } = view;
  const sorted = (name: string) => (name === sort ? (name === 'group' ? 'ascending' : 'descending') : nothing);
  const window = radar ? (Date.parse(radar.end) - Date.parse(radar.start)) * 12 : 0;
  const none = blocks.length + rows.length === 0;
  return html`<table role="table" class=${`rows${context.stale ? ' stale' : ''}`}>
    <caption class="vh">
      Radar, ${radar?.group_id ? readable(radar.group_id) : 'all groups'}, ${radar ? span(radar.start, radar.end) : 'nothing yet'}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          (name, i) =>
            html`${i === 1 ? html`<td role="cell" class="thread"></td>` : nothing}
              <th role="columnheader" scope="col" class=${name} aria-sort=${sorted(name)}>
                ${name === 'last' ? `last ${reach(window)}` : name}
              </th>`,
        )}
      </tr>
    </thead>
    ${repeat(
      blocks,
      ({ finding }) => finding.id,
      (one) => block(one, context),
    )}
    <tbody role="rowgroup">
      ${repeat(
        rows,
        ({ key }) => key,
        (row) => guarded(row.key, context, () => line(row, context)),
      )}
      ${
        none
          ? html`<tr role="row" class="rest">
              <td role="cell" colspan="10">Nothing to show in this window.</td>
            </tr>`
          : nothing
      }
      ${rest(context)}
      ${
        earlier.length > 0
          ? html`<tr role="row" class="sub">
              <th role="rowheader" colspan="10" scope="rowgroup">earlier</th>
            </tr>`
          : nothing
      }
      ${repeat(
        earlier,
        ({ key }) => key,
        (row) => guarded(row.key, context, () => line(row, context)),
      )}
    </tbody>
  </table>`;
}
