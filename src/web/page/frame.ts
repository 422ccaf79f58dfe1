import { html, nothing } from 'lit/html.js';
import type { Drawn } from './draw.ts';

const all: readonly [string, string][] = [
  ['j k', 'move, arrows too'],
  ['enter', 'explain the row'],
  ['esc', 'back'],
  ['a', 'ack, silence, note or resolve'],
  ['/', 'filter'],
  ['s', 'sort by score, count, group'],
  ['p', 'pause'],
  ['?', 'help'],
];

export const help = (): Drawn =>
  html`<section class="panel" aria-labelledby="help">
    <header><h2 id="help">Keys</h2></header>
    <div class="help">
      ${all.map(([key, what]) => html`<span>${key.split(' ').map((one) => html`<kbd>${one}</kbd> `)}</span><span>${what}</span>`)}
    </div>
  </section>`;

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
export function keys(kind: string, id: string | null, short: (id: string) => string): Drawn {
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
    ${all.filter(([key]) => shown.includes(key)).map(([key, what]) => html`<span class="keys">${key.split(' ').map((one) => html`<kbd>${one}</kbd>`)} ${what.split(/,| the| by/)[0]}</span>`)}
    ${kind === 'radar' ? html`<a href="#/graph">pipeline</a>` : nothing}
    <span class="paste">${commands.map((text) => html`<button type="button" title="copy" @click=${copy(text)}>${text}</button>`)}</span>
  </footer>`;
}

/** Nobody is let in without a token: it is typed once. */
export function loginPage(why: string, token: boolean, enter: (token: string) => Promise<unknown>): Drawn {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const problem = form.querySelector('.error')!;
    problem.textContent = '';
    enter(String(new FormData(form).get('token') ?? '')).catch((error: Error) => (problem.textContent = error.message));
  };
  return html`<main class="login">
    <h1>Not allowed</h1>
    <p>${why}.</p>
    ${
      token
        ? html`<form @submit=${submit}>
            <input name="token" type="password" aria-label="token" autocomplete="current-password" required /><button class="main">
              enter
            </button>
            <p class="error" role="alert"></p>
          </form>`
        : nothing
    }
  </main>`;
}
