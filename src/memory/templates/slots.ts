import type { Slot } from '../../signal.ts';
import { CODE, SOFT, T_BOOLEAN, T_CODE, T_EMAIL, T_EMPTY, T_HOST, T_ID, T_IP, T_NUMBER, T_PATH, T_TIME, T_URL } from '../scan/shape.ts';
import type { Template } from './template.ts';
import type { SlotStats } from './slotStats.ts';

/** A type by its bits; the first whose bits hold all that was seen names the slot. */
const names: readonly [number, string][] = [
  [T_NUMBER, 'n'],
  [T_CODE, 'code'],
  [T_IP, 'ip'],
  [T_PATH, 'path'],
  [T_TIME | T_NUMBER, 'time'],
  [T_URL, 'url'],
  [T_EMAIL, 'email'],
  [T_BOOLEAN, 'bool'],
  [T_HOST | T_IP, 'host'],
  [T_ID | T_NUMBER, 'id'],
];

/** What kind of values the slot holds: `n code ip path time url email bool host id`, or `*` when they are mixed. */
export function findType(slot: SlotStats): string {
  const seen = slot.types & ~T_EMPTY;
  if (seen === 0) return '*';
  return names.find(([bits]) => (seen & ~bits) === 0)?.[1] ?? '*';
}

/** The variable positions of a template, left to right: type, the eight most frequent values, how many distinct. */
export function listSlots(template: Template): Slot[] {
  return template.slots
    .filter((slot) => slot !== null)
    .map((slot) => ({ type: findType(slot), values: slot.top(8), distinct: slot.distinct }));
}

/**
 * How one token of a template is written: a constant as it came, a slot with one value as that value, any other slot
 * as its type. A value seen once is no constant yet, unless it reads like a word or a name.
 */
export function tokenText(template: Template, i: number): string {
  const slot = template.slots[i];
  if (!slot || template.kinds[i] === CODE) return template.texts[i]!;
  const only = slot.distinct === 1 ? slot.top(1)[0] : undefined;
  if (only && (only.count > 1 || template.kinds[i] === SOFT)) return only.value;
  return slot.total === 0 || only?.value === '' ? '' : `<${findType(slot)}>`;
}
