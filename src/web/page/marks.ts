import { html, type nothing, type TemplateResult } from 'lit/html.js';
import { readable } from './words.ts';

export type Drawn = TemplateResult | typeof nothing | string;

/** A group: what it is of is pale, its own name is not. */
export function groupName(name: string): Drawn {
  const at = name.indexOf(':');
  return html`<bdi dir="ltr" class="mono grp"
    ><span class="pale">${readable(name.slice(0, at + 1))}</span>${readable(name.slice(at + 1))}</bdi
  >`;
}

const paths: Record<string, string> = {
  new: 'M6 1v10M1 6h10',
  returning: 'M4 2 1 5l3 3M1 5h6q4 0 4 5',
  rising: 'M1 11 11 1M4 1h7v7',
  falling: 'M1 1l10 10M4 11h7V4',
  gone: 'M6 2.2a3.8 3.8 0 1 0 .01 0',
  steady: 'M1 6h10',
  rare: 'M2 6h1M5.5 6h1M9 6h1',
  change: 'M2 11V1h8L8 4l2 3H2',
  firing: 'M6 1 11.5 11H.5ZM6 4.5v3M6 8.6v1',
  acked: 'M1 6l3.5 4L11 2',
  volume: 'M2 11V7M6 11V2M10 11V5',
};

export const logo = html`<svg class="logo" viewBox="0 0 16 16" aria-hidden="true">
  <circle cx="8" cy="8" r="6.5" />
  <circle cx="8" cy="8" r="2" />
</svg>`;

/** A small drawing beside a word that says the same. */
export const icon = (name: string): Drawn =>
  name === 'no data'
    ? html`<span class="ico hatch" aria-hidden="true"></span>`
    : html`<svg class="ico" viewBox="0 0 12 12" aria-hidden="true"><path d=${paths[name] ?? paths['steady']!} /></svg>`;
