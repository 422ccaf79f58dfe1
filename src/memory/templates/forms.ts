import { CONST, SOFT } from '../scan/shape.ts';
import { VALUE } from '../scan/scanner.ts';
import { WILD, type Alignment } from './pieces.ts';

/**
 * A shape that lines of a template have beside its own: values that are neighbours stand apart in it, because one of them
 * is a word that only evidence has shown to be a value. `Setting up tzdata (1.2)` belongs to `Setting up <*>` as
 * `Setting up libc-2.3 (1.2)` does, in which the scanner sees one value. The alignment leads from the template's positions
 * to the form's.
 */
export interface Form extends Alignment {
  hashes: number[];
  kinds: number[];
}

/** Forms a template keeps; further ones are founded again and found again by their skeleton. */
const MAX_FORMS = 8;

interface Shape {
  readonly hashes: readonly number[];
  readonly kinds: readonly number[];
  readonly forms: readonly Form[];
}

/** The forms of a template when it has become what `joined` says: those it had, and the shape it gives up if that took any word. */
export function formsAfter(shape: Shape, joined: Alignment & { hashes: readonly number[] }): Form[] {
  const { from, to, hashes } = joined;
  const forms = shape.forms.map((form) => ({ ...form, from: from.map((i) => form.from[i]!), to: to.map((i) => form.to[i]!) }));
  if (from.some((first, k) => first < to[k]! && shape.kinds.slice(first, to[k]! + 1).includes(WILD)))
    forms.push({ hashes: [...shape.hashes], kinds: [...shape.kinds], from: [...from], to: [...to] });
  for (const form of forms) hashes.forEach((hash, k) => hash === VALUE && openPlace(form, k));
  return distinctForms(forms);
}

/** The same forms with position `i` of the template a value. */
export function formsOpened(forms: readonly Form[], i: number): Form[] {
  for (const form of forms) openPlace(form, i);
  return distinctForms(forms);
}

/** Two lists as one: each shape once, those with a word in an open place first kept. */
export function distinctForms(forms: readonly Form[]): Form[] {
  const seen = new Map<string, Form>();
  for (const form of forms)
    if (form.kinds.includes(WILD)) seen.set(form.hashes.map((hash, i) => (form.kinds[i] === WILD ? '*' : hash)).join(), form);
  return [...seen.values()].slice(0, MAX_FORMS);
}

/** Opens a place that is one token in the form as well; within a run each word has evidence of its own, or none. */
function openPlace(form: Form, k: number): void {
  const i = form.from[k]!;
  if (i < form.to[k]! || (form.kinds[i] !== CONST && form.kinds[i] !== SOFT)) return;
  form.kinds[i] = WILD;
  form.hashes[i] = VALUE;
}
