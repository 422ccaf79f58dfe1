import { html, nothing } from 'lit/html.js';
import { button } from '../first/draw.ts';
import type { Drawn } from '../marks.ts';
import { allKeys } from '../desk/footer.ts';

/** What each key does. */
export const help = (): Drawn =>
  html`<section class="panel keyboard" aria-labelledby="help">
    <header><h2 id="help">Keys</h2></header>
    <div class="help">
      ${allKeys.map(([key, what]) => html`<span>${key.split(' ').map((one) => html`<kbd>${one}</kbd> `)}</span><span>${what}</span>`)}
    </div>
  </section>`;

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
            <input name="token" type="password" placeholder="token" aria-label="token" autocomplete="current-password" required /><button
              class="main"
            >
              enter
            </button>
            <p class="error" role="alert"></p>
          </form>`
        : nothing
    }
  </main>`;
}

/** The files of another release have other names: what was loaded before it came does not find them. */
export const unopened = (why: string): Drawn =>
  html`<section class="panel">
    <header><h1>Not opened</h1></header>
    <p class="none">
      ${why}. Where the radar was replaced by another release meanwhile: ${button('read the page anew', () => location.reload())}
    </p>
  </section>`;
