import type { CameFirst } from '../../results/cameFirst.ts';
import type { BlipField } from '../../signal.ts';
import { sumFields } from '../commonFields.ts';
import { shareBits } from '../shareBits.ts';

const MOST_BITS = 12;
/** A share is never known to be less than one in so many. */
const LEAST_USUAL = 1 / 200;

/**
 * The version, pod, zone or host that holds all of it: how odd so many of the lines are that have the value, beside its share
 * in the other lines of their groups, bounded, since lines are not independent.
 */
export function valueCauses(lists: readonly (readonly BlipField[])[]): CameFirst[] {
  return sumFields(lists).map(({ field, value, in: many, of, usual }): CameFirst => {
    const odd = shareBits({ count: many, of, usual: Math.max(LEAST_USUAL, usual / many) });
    const bits = Math.round(10 * Math.min(MOST_BITS, odd)) / 10;
    return { kind: 'value', what: `${field} ${value}`, bits, evidence: [{ why: 'held', bits, in: many, of }] };
  });
}
