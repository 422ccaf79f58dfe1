import { html, nothing, svg } from 'lit/html.js';
import type { GraphAnswer } from '../../client.ts';
import type { Page, PageContext } from './context.ts';
import { graphStyle } from './graphStyle.ts';
import { icon, type Drawn } from '../marks.ts';
import type { Feed } from '../feed.ts';
import { layGraph, type Arrow, type Placed, type Track } from './graphLayout.ts';
import { unknown } from './pattern.ts';
import { Reading } from './reading.ts';
import { count, lasting, rate, readable } from '../words.ts';

/** How often rates are asked for, milliseconds. */
const every = 2_000;

/** Sizes of the drawing, in its own units: a box, what lies between two, and the letters that fit into one. */
const box = { width: 168, height: 58 };
const gap = { across: 56, down: 18 };
const letters = 20;
/** How far two tracks lie apart. */
const trackGap = 12;

/** The pipeline as it runs: what goes through each part, what waits and what is lost. */
export class GraphPage implements Page {
  readonly style = graphStyle;
  readonly #reading: Reading<GraphAnswer>;

  constructor(feed: Feed, redraw: () => void) {
    this.#reading = new Reading({ read: () => feed.get<GraphAnswer>('graph'), redraw, every });
  }

  close(): void {
    this.#reading.close();
  }

  draw(context: PageContext): Drawn {
    const { answer, why } = this.#reading;
    if (!answer) return why === '' ? html`<p class="pad">Reading the pipeline.</p>` : unknown(why, context);
    return html`<p class="crumbs"><a href="#/">Radar</a><span>/ Pipeline</span><span class="end pale keys">esc back</span></p>
      <div class="title"><h1>${readable(answer.name)}</h1></div>
      <section class="panel graph" aria-labelledby="flow">
        <header>
          <h2 id="flow">What flows</h2>
          <span class="note">signals a second, over the last few seconds; a thicker line carries more</span>
        </header>
        ${drawing(answer)}${list(answer)}
      </section>`;
  }
}

const x = ({ column }: Placed): number => column * (box.width + gap.across);
const y = ({ row }: Placed): number => row * (box.height + gap.down);
const cut = (text: string): string => (text.length > letters ? `${text.slice(0, letters - 1)}…` : text);

/** Boxes and arrows. Those who cannot see it have the table. */
function drawing({ parts }: GraphAnswer): Drawn {
  const { placed, arrows, columns, rows } = layGraph(parts);
  const width = columns * (box.width + gap.across) - gap.across;
  const depths = arrows.flatMap(({ track }) => (track ? [trackDepth(track)] : []));
  const height = Math.max(rows * (box.height + gap.down) - gap.down, ...depths);
  return html`<svg class="flow" viewBox=${`-2 -2 ${width + 4} ${height + 4}`} width=${width + 4} aria-hidden="true">
    ${arrows.map(arrow)}${placed.map(part)}
  </svg>`;
}

const trackDepth = ({ rows, lane }: Track): number => rows * (box.height + gap.down) - gap.down + trackGap * (lane + 1);

/** A bow from one height to another, within what lies between two columns. */
const bow = (left: number, top: number, bottom: number): string => {
  const [middle, right] = [left + gap.across / 2, left + gap.across];
  return `C${middle} ${top} ${middle} ${bottom} ${right} ${bottom}`;
};

function arrow({ from, to, port, track }: Arrow): Drawn {
  const [left, right] = [x(from) + box.width, x(to)];
  const [top, bottom] = [y(from) + box.height / 2, y(to) + box.height / 2];
  const depth = track && trackDepth(track);
  const way =
    depth === null ? bow(left, top, bottom) : `${bow(left, top, depth)}H${right - gap.across}${bow(right - gap.across, depth, bottom)}`;
  return svg`<path class="arrow" stroke-width=${1 + Math.min(3, Math.log10(1 + from.part.out_rate))} d=${`M${left} ${top}${way}`} />
    ${port === null ? nothing : svg`<text class="port" x=${right - 4} y=${bottom - 6}>${readable(port)}</text>`}`;
}

function part(one: Placed): Drawn {
  const { type, id, verb, in_rate: into, out_rate: out, held, trouble } = one.part;
  const [left, top] = [x(one), y(one)];
  const flow = type === 'source' ? `${rate(out)}/s` : `${rate(into)} → ${rate(out)}/s`;
  return svg`<g class=${`${type}${trouble === null ? '' : ' ill'}`}>
    <rect x=${left} y=${top} width=${box.width} height=${box.height} rx=${type === 'operator' ? 4 : 16} />
    <text class="mono" x=${left + 12} y=${top + 18}>${readable(cut(id))}</text>
    <text class="pale" x=${left + 12} y=${top + 33}>${id === verb ? type : readable(cut(verb))}</text>
    <text class="rate" x=${left + 12} y=${top + 49}>${flow}${held > 0 ? `, ${count(held)} held` : ''}</text>
  </g>`;
}

function list({ parts }: GraphAnswer): Drawn {
  return html`<table class="lines">
    <caption class="vh">
      Parts of the pipeline and what goes through them
    </caption>
    <thead>
      <tr>
        <th scope="col">part</th>
        <th scope="col">fed by</th>
        <th scope="col" class="n">in/s</th>
        <th scope="col" class="n">out/s</th>
        <th scope="col" class="n">held</th>
        <th scope="col" class="n">lost</th>
        <th scope="col" class="n">behind</th>
      </tr>
    </thead>
    <tbody>
      ${parts.map(
        (one) =>
          html`<tr>
            <th scope="row">
              <bdi dir="ltr" class="pat">${readable(one.id)}</bdi>
              <span class="pale">${one.type}${one.id === one.verb ? '' : `, ${readable(one.verb)}`}</span>
              ${one.trouble === null ? nothing : html`<span class="blind">${icon('no data')} <b>${readable(one.trouble)}</b></span>`}
            </th>
            <td class="pale">${one.from.map(readable).join(', ')}</td>
            <td class="n">${one.type === 'source' ? '' : rate(one.in_rate)}</td>
            <td class="n"><b>${rate(one.out_rate)}</b></td>
            <td class="n">${count(one.held)}</td>
            <td class="n">${count(one.lost)}</td>
            <td class="n">${one.behind_ms === null ? '-' : lasting(one.behind_ms)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
