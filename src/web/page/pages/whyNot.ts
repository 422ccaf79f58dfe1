import { html, nothing } from 'lit/html.js';
import type { WhyNotAnswer } from '../../client.ts';
import type { Page } from './context.ts';
import type { Drawn } from '../marks.ts';
import type { Feed } from '../feed.ts';
import { Reading } from './reading.ts';
import { formatDay, readable, span } from '../words.ts';

/** What became of something on its way to people. It is read once: what was decided of a stretch stays as it is. */
export class WhyNotPanel {
  readonly #reading: Reading<WhyNotAnswer>;

  constructor(feed: Feed, { subject, at }: { subject: string; at: string | null }, redraw: () => void) {
    this.#reading = new Reading({ read: () => feed.whyNot(subject, at), redraw, once: true });
  }

  close(): void {
    this.#reading.close();
  }

  /** @param group whose page has the whole of its lines; null where this is it */
  draw(group: string | null): Drawn {
    const { answer, why: failure } = this.#reading;
    if (!answer && failure === '') return nothing;
    return drawWhyNot(answer ?? failure, group);
  }
}

/** The page of a group, or of whatever was asked about. */
export class WhyNotPage implements Page {
  readonly #panel: WhyNotPanel;
  readonly #subject: string;

  constructor(feed: Feed, { subject, at }: { subject: string; at: string | null }, redraw: () => void) {
    this.#subject = subject;
    this.#panel = new WhyNotPanel(feed, { subject, at }, redraw);
  }

  close(): void {
    this.#panel.close();
  }

  draw(): Drawn {
    return html`<p class="crumbs"><a href="#/">Radar</a><span>/ Messages</span><span class="end pale keys">esc back</span></p>
      <div class="title"><h1>${readable(this.#subject)}</h1></div>
      ${this.#panel.draw(null)}`;
  }
}

/** The way of something to people, a line a place, or why it is not known. */
export function drawWhyNot(found: WhyNotAnswer | string, group: string | null): Drawn {
  const about = typeof found === 'string' ? null : found;
  // What an episode was sent of, people were told with it.
  const isSent = about === null || about.stopped === 'sent' || about.stopped === 'episode';
  return html`<section class="panel" aria-labelledby="told">
    <header>
      <h2 id="told">${isSent ? 'Who was told' : 'Nobody was told'}</h2>
      <span class="note">${about === null ? '' : `${formatDay(about.from)} ${span(about.from, about.to)}`}</span>
      ${group === null || about === null ? nothing : html`<a class="end" href=${`#/why/${encodeURIComponent(group)}?at=${about.from}`}>all of ${readable(group)}</a>`}
    </header>
    ${
      about === null
        ? html`<p class="none">${readable(String(found))}.</p>`
        : html`<table class="lines">
            <caption class="vh">
              The places it came to on its way to people
            </caption>
            <tbody>
              ${about.steps.map(
                ({ stage, text, stopped }, i) =>
                  html`<tr>
                    <th scope="row" class="pale">${stage === about.steps[i - 1]?.stage ? '' : stage}</th>
                    <td>${readable(text)}${stopped ? html` <b>stopped here</b>` : nothing}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
  </section>`;
}
