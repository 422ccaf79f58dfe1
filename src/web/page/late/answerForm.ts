import { html, nothing } from 'lit/html.js';
import type { MarkRequest } from '../../client.ts';
import type { Drawn } from '../marks.ts';

const hour = 3_600_000;
const lengths: readonly [string, number][] = [
  ['30m', hour / 2],
  ['2h', 2 * hour],
  ['8h', 8 * hour],
  ['1 day', 24 * hour],
  ['7 days', 168 * hour],
];

interface Asked {
  type: MarkRequest['type'];
  target: string;
  error: string;
  busy: boolean;
}

const types: readonly MarkRequest['type'][] = ['ack', 'silence', 'note', 'resolve'];

/** Ack, silence, note and resolve in one small form: for how long, a note, a link. What is refused says why, and can be mended. */
export function answerForm(
  { type, target, error, busy }: Asked,
  id: string,
  send: (request: MarkRequest) => void,
  close: () => void,
): Drawn {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    const chosen = types.find((one) => one === text('type')) ?? type;
    const lasting = Number(text('for'));
    const timed = (chosen === 'ack' || chosen === 'silence') && lasting > 0;
    send({
      type: type === 'change' ? 'change' : chosen,
      target: type === 'change' ? '' : target,
      ...(timed ? { for_ms: lasting } : {}),
      ...(text('text') === '' ? {} : { text: text('text') }),
      ...(text('link') === '' ? {} : { link: text('link') }),
      ...(text('who') === '' ? {} : { who: text('who') }),
    });
  };
  return html`<form class="answer panel" aria-label=${type === 'change' ? 'a change' : `answer to ${id}`} @submit=${submit}>
    ${
      type === 'change'
        ? nothing
        : html`<b class="mono about">${id}</b
            ><label
              >what<select name="type">
                ${types.map((one) => html`<option value=${one} ?selected=${one === type}>${one}</option>`)}
              </select></label
            >
            <label
              >for<select name="for">
                ${type === 'ack' ? html`<option value="0">until resolved</option>` : nothing}${lengths.map(([name, ms], i) => html`<option value=${ms} ?selected=${i === 1}>${name}</option>`)}
              </select></label
            >`
    }
    <label class="wide">${type === 'change' ? 'what was changed' : 'note'}<input name="text" autocomplete="off" maxlength="4000" /></label>
    <label class="wide">link<input name="link" type="url" placeholder="https://" autocomplete="off" /></label>
    <label>who<input name="who" autocomplete="nickname" maxlength="200" size="10" /></label>
    <button type="submit" class="main" ?disabled=${busy}>${busy ? `${type}ing...` : 'send'}</button>
    <button type="button" @click=${close}>cancel</button>
    ${error === '' ? nothing : html`<p class="error" role="alert">${error}</p>`}
  </form>`;
}
