import { html, nothing } from 'lit/html.js';
import type { EpisodeResult } from '../../client.ts';
import type { Drawn } from '../marks.ts';
import { age, count, plural, readable } from '../words.ts';

type Cause = NonNullable<EpisodeResult['came_first']>[number];

/** What came first in an episode, the most bits first, each with what speaks for it; nothing where nothing does. */
export function causes({ came_first: all = [] }: EpisodeResult): Drawn {
  if (all.length === 0) return nothing;
  return html`<section class="panel" aria-labelledby="first">
    <header>
      <h2 id="first">What came first</h2>
      <span class="note">by order, past episodes, names and changes. Not proof of cause.</span>
    </header>
    <div class="common">
      ${all.map(
        (cause) =>
          html`<span>${cause.kind} <b class="val">${readable(cause.what)}</b></span
            ><span><b>${cause.bits.toFixed(1)} bits</b> <span class="pale">${describe(cause)}</span></span>`,
      )}
    </div>
  </section>`;
}

function describe({ kind, evidence, precedents }: Cause): string {
  const parts = evidence.filter(({ bits }) => bits > 0).map(describeEvidence);
  if (precedents && precedents.of > 0)
    parts.push(`${kind === 'group' ? 'first' : 'so'} in ${count(precedents.in)} of ${plural(precedents.of, 'episode')} before`);
  return parts.join(', ');
}

function describeEvidence({ why, in: many = 0, of = 0, earlier_ms: earlier }: Cause['evidence'][number]): string {
  if (why === 'order') return `before ${count(many)} of ${plural(of, 'other')}`;
  if (why === 'precedents') return `led ${count(many)} of ${plural(of, 'time')}${earlier === undefined ? '' : ` by ${age(earlier)}`}`;
  if (why === 'named') return `named by ${count(many)} of ${count(of)}`;
  if (why === 'held') return `in ${count(many)} of ${plural(of, 'line')}`;
  return `${age(earlier ?? 0)} before`;
}
