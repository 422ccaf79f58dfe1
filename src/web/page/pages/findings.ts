import { html } from 'lit/html.js';
import type { Drawn } from '../marks.ts';
import type { Page, PageContext } from './context.ts';
import { findingRow } from '../findingRows.ts';

/** All findings: those that are open, and the last that are over. */
export class FindingsPage implements Page {
  draw({ view, short }: PageContext): Drawn {
    const list = (name: string, all: typeof view.findings): Drawn =>
      html`<section class="panel">
        <header>
          <h2>${name}</h2>
          <span class="note">${all.length}</span>
        </header>
        ${
          all.length === 0
            ? html`<p class="none">None.</p>`
            : html`<ul class="flist">
                ${all.map((one) => findingRow(one, view, short))}
              </ul>`
        }
      </section>`;
    return html`<p class="crumbs"><a href="#/">Radar</a><span>/ Findings</span></p>
      <div class="title"><h1>Findings</h1></div>
      ${list('Open', view.findings)} ${list('Over', view.over)}`;
  }
}
