import { html, nothing, svg } from 'lit/html.js';
import type { EpisodeAnswer } from '../../client.ts';
import type { Drawn } from '../marks.ts';
import { offset } from '../words.ts';
import { placeDots, type Order } from './placeDots.ts';

/** Past episodes that are drawn. */
const most = 2;

/** This episode and those like it, each on a line, in one scale: a dot where a pattern first moved, pale where this one lacks it. */
export function orders({ finding, members, past_members: past }: EpisodeAnswer, short: (id: string) => string): Drawn {
  const own: Order = { id: finding.id, members };
  const rows = [own, ...past.filter((one) => one.members.length > 0).slice(0, most)];
  if (rows.length < 2 || members.length < 2) return nothing;
  const longest = Math.max(...rows.flatMap((row) => row.members.map(({ offset_ms: ms }) => ms)));
  const known = new Set(members.map(({ topic_id: id }) => id));
  const lines = rows.map((row) => ({ row, dots: placeDots(row, known, longest) }));
  return html`<div class="orders">
    ${lines.map(
      ({ row, dots }, i) =>
        html`<a class="mono id" href=${`#/e/${row.id}`}>${short(row.id)}</a
          ><svg
            role="img"
            aria-label=${`${i === 0 ? 'this one' : short(row.id)}: ${row.members.map(({ topic_id: id, offset_ms: ms }) => `${short(id)} ${offset(ms)}`).join(', ')}`}
          >
            <path class="line" d="M0 20h4000" />
            ${dots.map(({ topic, at, shared, side }) => svg`<circle class=${shared ? '' : 'other'} cx=${`${2 + at * 0.84}%`} cy="20" r="3.5" />${side === null ? nothing : svg`<text x=${`${2 + at * 0.84}%`} y=${side === 'above' ? 10 : 37}>${short(topic)}</text>`}`)}
          </svg>`,
    )}
  </div>`;
}
