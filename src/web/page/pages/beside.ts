import { html, nothing } from 'lit/html.js';
import type { EpisodeAnswer } from '../../client.ts';
import type { Drawn } from '../marks.ts';
import { readable } from '../words.ts';

/** What stands beside an episode: the command that holds it against what is usual, and what a model guessed, under its mark. */
export function beside({ compare, guess }: EpisodeAnswer, short: (id: string) => string): Drawn {
  return html`${compare === undefined ? nothing : html`<p class="note">Against what is usual: <code class="mono">${readable(compare)}</code></p>`}
  ${guess === undefined ? nothing : guessed(guess, short)}`;
}

function guessed({ model, summary, causes = [], labels = [] }: NonNullable<EpisodeAnswer['guess']>, short: (id: string) => string): Drawn {
  const named = (patterns: readonly string[]): string => (patterns.length === 0 ? '' : ` (${patterns.map(short).join(', ')})`);
  return html`<section class="panel" aria-labelledby="guess">
    <header>
      <h2 id="guess">~ Guessed</h2>
      <span class="note">by ${readable(model)}, checked by nobody</span>
    </header>
    ${summary === undefined ? nothing : html`<p>~ ${readable(summary)}</p>`}
    ${causes.map(({ text, patterns }) => html`<p>~ cause: ${readable(text)}${named(patterns)}</p>`)}
    ${labels.map(({ id, text }) => html`<p><a class="mono id" href=${`#/p/${id}`}>${short(id)}</a> ~ ${readable(text)}</p>`)}
  </section>`;
}
