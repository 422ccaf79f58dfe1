import { html, nothing } from 'lit/html.js';
import type { BoardView, FindingView } from '../client.ts';
import { answerWords, parts } from './first/draw.ts';
import { icon, type Drawn } from './marks.ts';
import { age, count, expected, moment, readable } from './words.ts';

/** As much of a board as a finding's row says. */
type Standing = Pick<BoardView, 'now' | 'as_of' | 'answers'>;

/** What a finding is about, in a few words. */
function facts(finding: FindingView, view: Standing, short: (id: string) => string): string {
  const { severity, type, rule } = finding;
  const result = finding.result as {
    value?: number;
    usual?: number | null;
    no_data?: boolean;
    episode?: { id: string; sent_to?: string; sent_at?: string };
  };
  const what = result.no_data ? 'went quiet' : type === 'rule' ? rule : type;
  const numbers = typeof result.value === 'number' ? ` ${count(result.value)}, usual ${expected(result.usual)}.` : '';
  const part = result.episode ? ` Part of ${short(result.episode.id)}.` : '';
  const sent = result.episode?.sent_to
    ? ` Sent to ${result.episode.sent_to}${result.episode.sent_at ? ` ${moment(result.episode.sent_at, view.now)}` : ''}.`
    : '';
  const answer = answerWords(view, finding.id);
  return readable(`${what}, ${severity}.${numbers}${part}${sent}${answer === '' ? '' : ` ${answer}.`}`);
}

/** A finding as two lines: its state and title, and what stands behind it. */
export function findingRow(finding: FindingView, view: Standing, short: (id: string) => string): Drawn {
  const { id, state, since, updated } = finding;
  const until = state === 'resolved' ? updated : (view.as_of ?? view.now);
  return html`<li class="finding ${state}">
    <span class="word ${state}">${icon(state === 'firing' ? 'firing' : state === 'acked' ? 'acked' : 'steady')} <b>${state}</b></span>
    <span class="n pale" title=${since}>${age(Date.parse(until) - Date.parse(since))}</span>
    <a class="mono id" href=${`#/e/${id}`}>${short(id)}</a>
    <span class="what">${parts(finding.parts)}<small>${facts(finding, view, short)}</small></span>
  </li>`;
}

/** The first open findings; the rest are counted. */
export function openRows(view: BoardView, short: (id: string) => string, most: number): Drawn {
  const open = view.findings.filter(({ state, type }) => state !== 'pending' && type !== 'episode');
  const rows = open.length === 0 ? view.findings.filter(({ state }) => state !== 'pending') : open;
  const more = rows.length - most;
  return html`<ul class="flist">
      ${rows.slice(0, most).map((one) => findingRow(one, view, short))}
    </ul>
    ${more > 0 ? html`<p class="note"><a href="#/findings">${count(more)} more</a></p>` : nothing}`;
}

/** Open findings that a person would act on. An episode is a block of the table: it stands here where it is all there is. */
export function findingsPanel(view: BoardView, draw: (view: BoardView) => Drawn): Drawn {
  const open = view.findings.filter(({ state }) => state !== 'pending');
  const beside = open.filter(({ type }) => type !== 'episode');
  const many = (wanted: string): number => (beside.length > 0 ? beside : open).filter(({ state }) => state === wanted).length;
  return html`<section class="panel findings" aria-labelledby="findings">
    <header>
      <h2 id="findings">Findings</h2>
      <span class="note">${many('firing')} firing, ${many('acked')} acked</span><a class="end" href="#/findings">all findings</a>
    </header>
    ${open.length === 0 ? html`<p class="none">None is open.</p>` : draw(view)}
  </section>`;
}
