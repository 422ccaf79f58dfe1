import { html, nothing } from 'lit/html.js';
import type { Drawn } from '../marks.ts';

/** Each key and what it does. */
export const allKeys: readonly [string, string][] = [
  ['j k', 'move, arrows too'],
  ['enter', 'explain the row'],
  ['esc', 'back'],
  ['a', 'ack, silence, note or resolve'],
  ['/', 'filter'],
  ['s', 'sort by score, count, group'],
  ['p', 'pause'],
  ['?', 'help'],
];

const copy =
  (text: string) =>
  (event: Event): void => {
    const button = event.target as HTMLElement;
    navigator.clipboard?.writeText(text).then(
      () => (button.textContent = 'copied'),
      () => getSelection()?.selectAllChildren(button),
    );
    window.setTimeout(() => (button.textContent = text), 1500);
  };

/** The keys, and what can be pasted into a terminal. */
export function footer(kind: string, id: string | null, short: (id: string) => string): Drawn {
  const shown = kind === 'radar' ? ['j k', 'enter', 'a', '/', 's', 'p', '?'] : [...(kind === 'p' ? ['j k'] : []), 'esc', 'a', '?'];
  const commands =
    id === null || id === ''
      ? ['caducus radar']
      : [
          `caducus explain ${short(id)}`,
          ...(kind === 'p' ? [`caducus events --pattern ${short(id)}`] : []),
          `caducus ack ${short(id)} --for 2h`,
        ];
  return html`<footer>
    ${allKeys.filter(([key]) => shown.includes(key)).map(([key, what]) => html`<span class="keys">${key.split(' ').map((one) => html`<kbd>${one}</kbd>`)} ${what.split(/,| the| by/)[0]}</span>`)}
    ${kind === 'radar' ? html`<a href="#/graph">pipeline</a>` : nothing}
    <span class="paste">${commands.map((text) => html`<button type="button" title="copy" @click=${copy(text)}>${text}</button>`)}</span>
  </footer>`;
}
