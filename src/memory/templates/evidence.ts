import { CONST, SOFT } from '../shape.ts';
import { slotNouns } from '../words.ts';
import type { Template } from './template.ts';

/** Distinct tokens from which on a position is a value, by what stands around it. */
const AFTER_NOUN = 3;
const ENCLOSED = 4;
const NAME_LIKE = 3;
const PLAIN = 6;
const LEADING = 16;

/**
 * Whether position `i`, in which templates that are equal everywhere else differ, is a value.
 *
 * Prose has few words that fit one place, names have many; how many is enough depends on what the place looks like.
 * Only the set of tokens counts, never the order they came in.
 */
export function isValue(members: readonly Template[], i: number): boolean {
  let words = 0;
  let names = 0;
  let values = 0;
  for (const member of members) {
    const kind = member.kinds[i]!;
    if (kind === SOFT) names++;
    else if (kind !== CONST) values++;
    else if (nameLike(member.texts[i]!)) names++;
    else words++;
  }
  const distinct = words + names;
  const model = members[0]!;
  const noun = followsNoun(model, i);
  const enclosed = noun || isEnclosed(model, i);
  // Something that is a value by its shape stood here too: the place is a slot, the question is only which words fit.
  if (values > 0) return distinct >= (enclosed ? 1 : 2);
  if (noun) return distinct >= AFTER_NOUN;
  if (words === 0 && distinct >= NAME_LIKE) return true;
  if (enclosed) return distinct >= ENCLOSED;
  return distinct >= (i === 0 ? LEADING : PLAIN);
}

/** `user root`, `for host dn2`: the word before says that a name follows. */
function followsNoun(template: Template, i: number): boolean {
  return i > 0 && template.kinds[i - 1] === CONST && slotNouns.has(template.texts[i - 1]!.toLowerCase());
}

/** Behind `= : [ ( " '` and before a mark or the end: a field, not a word in a sentence. */
function isEnclosed(template: Template, i: number): boolean {
  const before = template.glue[i]!.trimEnd();
  const after = template.glue[i + 1]!.trimStart();
  const opened = before !== '' && '=:([{<"\'|'.includes(before[before.length - 1]!);
  const closed = i === template.kinds.length - 1 ? true : after !== '' && ',;)]}>"\'|:'.includes(after[0]!);
  return opened && closed;
}

/** Dots, underscores, dashes or digits inside, or mixed case: the spelling of identifiers. */
export function nameLike(text: string): boolean {
  for (let i = 1; i < text.length - 1; i++) {
    const c = text[i]!;
    if (c === '.' || c === '_' || c === '@' || (c >= '0' && c <= '9')) return true;
  }
  return false;
}
