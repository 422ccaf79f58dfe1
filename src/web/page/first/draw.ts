import { html, nothing, svg } from 'lit/html.js';
import type { BlipView, BoardView, Part } from '../../client.ts';
import { icon, type Drawn } from '../marks.ts';
import { band, count, expected, formatMinute, formatTick, readable, safeLink } from '../words.ts';

/** A pattern in its pieces: values are marked, types are pale. Log text is text, and reads from left to right. */
export const parts = (all: readonly Part[]): Drawn =>
  html`<bdi dir="ltr" class="pat"
    >${all.map(({ kind, text }) =>
      kind === 'value' ? html`<b class="val">${readable(text)}</b>` : kind === 'slot' ? html`<i>${readable(text)}</i>` : readable(text),
    )}</bdi
  >`;

/** Text with the values marked that it has in common with others. */
export function marked(text: string, values: readonly string[]): Drawn {
  const known = values.filter((value) => value.length > 1).sort((a, b) => b.length - a.length);
  const pieces: Part[] = [];
  let rest = text;
  while (rest !== '') {
    const places = known.map((value) => ({ value, at: rest.indexOf(value) })).filter(({ at }) => at >= 0);
    const next = places.sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    if (next.at > 0) pieces.push({ kind: 'text', text: rest.slice(0, next.at) });
    pieces.push({ kind: 'value', text: next.value });
    rest = rest.slice(next.at + next.value.length);
  }
  return parts([...pieces, { kind: 'text', text: rest }]);
}

/** A score is a plain number in a chip of its band; below 20 there is no chip. */
export const chip = (score: number | null): Drawn =>
  score === null ? html`<span class="chip none">-</span>` : html`<span class="chip b${band(score)}">${count(score)}</span>`;

/** The word for what a row does, with its drawing. */
export const state = (word: string): Drawn => html`<span class=${`state ${word}`}>${icon(word)} <b>${word}</b></span>`;

const cells = 12;
const tall = 19;

/** Which of the last windows belong to what is going on. */
function isGoingOn(
  { state: word, trend, usual, on_since: since, end, start }: Pick<BlipView, 'state' | 'trend' | 'usual' | 'on_since' | 'end' | 'start'>,
  at: number,
): boolean {
  if (word === 'steady' || word === 'gone' || word === 'falling') return false;
  const ago = trend.length - 1 - at;
  if (since !== undefined)
    return ago <= Math.ceil((Date.parse(end) - Date.parse(since)) / Math.max(1, Date.parse(end) - Date.parse(start)));
  const loud = (n: number): boolean => n > Math.max(0, 1.5 * (usual ?? 0));
  return trend.slice(at).every(loud);
}

/** A group that is silent: what came in its last windows, and since when nothing can be seen. */
export function silentSpark(counts: readonly (number | null)[], end: string, width: number): Drawn {
  const trend = counts.slice(-cells);
  const seen = trend.map((one) => one ?? 0);
  const bars = { trend: seen, usual: null, score: 0, state: 'gone', start: new Date(Date.parse(end) - width).toISOString(), end } as const;
  return spark(bars, false, trend.length - 1 - trend.findLastIndex((one) => one !== null));
}

/** Twelve windows, own scale a row: a bar each, a point for none, the dashed line is usual. `blind`: how many of the last are unknown. */
export function spark(
  blip: Pick<BlipView, 'trend' | 'usual' | 'score' | 'state' | 'start' | 'end' | 'on_since'>,
  was = false,
  blind = 0,
): Drawn {
  const { trend, usual, score, start, end } = blip;
  const top = Math.max(1, ...trend, usual ?? 0);
  const width = Date.parse(end) - Date.parse(start);
  const y = (value: number): number => Math.max(value > 0 ? 1.5 : 0, (value / top) * (tall - 1));
  const loud = was ? trend.indexOf(Math.max(...trend)) : -1;
  const bars = trend.map((value, i) => {
    const x = i * 10 + (cells - trend.length) * 10;
    if (i >= trend.length - blind) return svg`<path class="unknown" d="M${x} 11l5-5M${x} 16l8-8M${x + 1} 19l7-7M${x + 5} 19l3-3" />`;
    if (value === 0) return svg`<circle class="dot" cx=${x + 4} cy=${tall - 0.8} r=".8" />`;
    const hot = !was && isGoingOn(blip, i) ? `b${band(score)}` : i === loud ? 'loud' : 'bar';
    const h = y(value);
    return svg`<rect class=${hot} x=${x} y=${tall - h} width="8" height=${h} />`;
  });
  const line = usual !== null && usual > 0 ? svg`<path class="usual" d="M0 ${tall - y(usual)}h118" />` : nothing;
  const shown = trend.slice(-3).map(count).join(', ');
  const silent = blind === 0 ? '' : `, of the last ${blind} nothing is known`;
  const label = `last ${Math.round((trend.length * width) / 60_000)} minutes, to ${formatTick(end, width)}: ${shown} in the last three windows; usual ${expected(usual)}${silent}`;
  return html`<svg class="spark" viewBox="0 0 118 20" role="img" aria-label=${label}>${bars}${line}</svg>`;
}

/** A link that people left, or its text where it leads nowhere safe. */
export function link(address: string | undefined): Drawn {
  const safe = safeLink(address);
  if (safe === null) return address === undefined ? nothing : readable(address);
  const name = safe.split(/[/#?]/).findLast((piece) => piece !== '') ?? safe;
  return html`<a href=${safe} rel="noopener noreferrer" target="_blank">${readable(name.slice(0, 40))}</a>`;
}

export const button = (text: string, click: () => void, more: { key?: string; main?: boolean; pressed?: boolean } = {}): Drawn =>
  html`<button type="button" class=${more.main ? 'main' : ''} @click=${click}>
    ${text}${more.key ? html` <kbd>${more.key}</kbd>` : nothing}
  </button>`;

/** What was answered and holds: `acked by lea until 05:00Z: "moved to batch"`. */
export function answerWords(view: Pick<BoardView, 'answers'>, target: string): string {
  const mark = view.answers.findLast(({ target: about, type }) => about === target && type !== 'note');
  if (!mark) return '';
  const until = mark.until === undefined ? '' : ` until ${formatMinute(mark.until)}Z`;
  return `${mark.type === 'silence' ? 'silenced' : 'acked'} by ${readable(mark.who)}${until}${mark.text === undefined ? '' : `: “${readable(mark.text)}”`}`;
}
