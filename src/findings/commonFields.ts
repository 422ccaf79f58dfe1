import type { SharedValue } from '../results/episodeResult.ts';
import type { BlipField } from '../signal.ts';

/** Lines that say nothing yet about where they come from. */
const leastLines = 3;
const leastShare = 0.8;
/** A value that is that common in the other lines of its group tells nothing. */
const mostUsual = 0.5;
const mostFields = 3;

/** A value of a field in the lines of several patterns, and how many would have it if they were like the others of their groups. */
export interface FieldSum {
  field: string;
  value: string;
  in: number;
  of: number;
  usual: number;
  /** What most other lines of their groups have instead. */
  others?: string;
}

/** The version, pod, zone or host that nearly all lines came from and others of their groups did not, the most lines first. */
export function sumFields(lists: readonly (readonly BlipField[])[]): FieldSum[] {
  const sizes = lists.map((fields) => Math.max(0, ...fields.map((field) => field.of)));
  const lines = sizes.reduce((sum, size) => sum + size, 0);
  if (lines < leastLines) return [];
  const sums = new Map<string, FieldSum>();
  for (const [at, fields] of lists.entries())
    for (const { name, value, in: some, of, usual, others } of fields) {
      const known: FieldSum = sums.get(`${name}\0${value}`) ?? { field: name, value, in: 0, of: lines, usual: 0 };
      if (others !== undefined) known.others ??= others;
      // Of a field that was looked at in some of the lines only, the others are taken to be like these.
      const many = Math.round((some * sizes[at]!) / of);
      // Where nothing is known of the others, the value may well be what all of them have.
      sums.set(`${name}\0${value}`, { ...known, in: known.in + many, usual: known.usual + many * (usual ?? 1) });
    }
  return [...sums.values()]
    .filter((one) => one.in >= leastShare * lines && one.usual <= mostUsual * one.in)
    .sort((a, b) => b.in - a.in)
    .slice(0, mostFields);
}

/**
 * What lines have in common that others of their groups have not, as `{ value, in, of, field, usual }`. Of two that hold in the same
 * lines, the first facet is named first.
 */
export const findCommonFields = (lists: readonly (readonly BlipField[])[]): SharedValue[] =>
  sumFields(lists).map(({ field, value, in: many, of, usual, others }) => ({
    value,
    in: many,
    of,
    field,
    usual: Math.round((1e6 * usual) / many) / 1e6,
    ...(others === undefined ? {} : { others }),
  }));
