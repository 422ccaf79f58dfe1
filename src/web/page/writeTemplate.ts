import { nothing } from 'lit/html.js';

/** A template of lit as it is before it is drawn: its constant texts and what stands between them. */
interface Template {
  _$litType$: unknown;
  strings: readonly string[];
  values: readonly unknown[];
}
/** What `repeat` gives: items, their key, and what each is drawn as; and `guard`: what it depends on, and what it is drawn as. */
interface Directive {
  _$litDirective$: unknown;
  values: readonly [Iterable<unknown>, ...((item?: unknown, index?: number) => unknown)[]];
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML, between tags and in the quotes of an attribute. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one]!);

/** A name that begins a place in a tag: `@click=`, `?disabled=`, `.value=`, `class=`, with the quote that may follow. */
const attribute = /\s([@?.]?[\w:-]+)=(["']?)$/;

/**
 * What lit would draw, as the text of a page that runs no code: handlers and properties are left out, texts and attributes
 * escaped as lit does by construction. An address within the page that draws it (`#/p/ID`) leads nowhere and is left out.
 */
export function writeTemplate(value: unknown): string {
  if (value === nothing || value === null || value === undefined) return '';
  if (typeof value === 'object') {
    if ('_$litType$' in value) return writeParts(value as Template);
    if ('_$litDirective$' in value) {
      const [items, first, draw] = (value as Directive).values;
      if (!draw) return writeTemplate(first!());
      return Array.from(items, (item, i) => writeTemplate(draw(item, i))).join('');
    }
    if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>, writeTemplate).join('');
  }
  return escapeHtml(String(value as string | number | boolean));
}

function writeParts({ strings, values }: Template): string {
  let text = '';
  /** Whether the place is within a tag, and in which quote there. */
  let inTag = false;
  let quote = '';
  /** The quote that closes an attribute which was left out. */
  let dropped = '';
  strings.forEach((constant, i) => {
    let piece = constant;
    if (dropped !== '') {
      piece = piece.slice(piece.indexOf(dropped) + 1);
      dropped = '';
    }
    ({ inTag, quote } = follow(piece, inTag, quote));
    text += piece.replace(/\shref="#[^"]*"/g, '');
    if (i === values.length) return;
    const value = values[i];
    if (!inTag) {
      text += writeTemplate(value);
      return;
    }
    const found = attribute.exec(text);
    if (!found) {
      text += escapeHtml(attributeText(value));
      return;
    }
    const [whole, name = '', opened = ''] = found;
    const isLeftOut =
      name.startsWith('@') || name.startsWith('.') || value === nothing || (name === 'href' && String(value).startsWith('#'));
    if (isLeftOut || name.startsWith('?')) {
      text = `${text.slice(0, -whole.length)}${!isLeftOut && value ? ` ${name.slice(1)}` : ''}`;
      dropped = opened;
      quote = '';
    } else text += opened === '' ? `"${escapeHtml(attributeText(value))}"` : escapeHtml(attributeText(value));
  });
  return text;
}

const attributeText = (value: unknown): string =>
  value === nothing || value === null || value === undefined ? '' : String(value as string | number | boolean);

/** Where a constant text leaves off: within a tag or not, within quotes or not. */
function follow(piece: string, inTag: boolean, quote: string): { inTag: boolean; quote: string } {
  let state = { inTag, quote };
  for (const one of piece) {
    if (!state.inTag) state = one === '<' ? { inTag: true, quote: '' } : state;
    else if (state.quote !== '') state = one === state.quote ? { inTag: true, quote: '' } : state;
    else if (one === '>') state = { inTag: false, quote: '' };
    else if (one === '"' || one === "'") state = { inTag: true, quote: one };
  }
  return state;
}
