import type { CameFirst } from '../../results/cameFirst.ts';
import type { BlipField } from '../../signal.ts';
import { sumFields } from '../commonFields.ts';

const MOST_BITS = 12;
/** A share is never known to be less than one in so many. */
const LEAST_USUAL = 1 / 200;

/**
 * The version, pod, zone or host that holds all of it: how odd so many of the lines are that have the value, beside its share
 * in the other lines of their groups (Kullback-Leibler, times the lines that were looked at), bounded, since lines are not
 * independent.
 */
export function valueCauses(lists: readonly (readonly BlipField[])[]): CameFirst[] {
  return sumFields(lists).map(({ field, value, in: many, of, usual }): CameFirst => {
    const share = many / of;
    const before = Math.max(LEAST_USUAL, usual / many);
    const rest = share < 1 ? (1 - share) * Math.log2((1 - share) / (1 - Math.min(0.99, before))) : 0;
    const bits = Math.round(10 * Math.min(MOST_BITS, Math.max(0, of * (share * Math.log2(share / before) + rest)))) / 10;
    return { kind: 'value', what: `${field} ${value}`, bits, evidence: [{ why: 'held', bits, in: many, of }] };
  });
}
