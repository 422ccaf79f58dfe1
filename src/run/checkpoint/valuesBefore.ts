import type { JsonObject } from '../../event.ts';
import { configHash } from './configHash.ts';
import type { OperatorHead } from './snapshot.ts';

const units = [1, 1000, 60_000, 3_600_000, 86_400_000];

/** Lengths of time that people write: whole numbers of a unit, in milliseconds. */
const lengths = [...new Set(units.flatMap((unit) => Array.from({ length: 1000 }, (_, n) => (n + 1) * unit)))];

/**
 * The options of a saved state that are numbers, or yes or no. `names` are those that are asked for: a checkpoint of an older release holds hashes alone: there,
 * those that are a length of time are found by trying the lengths that people write.
 */
export function valuesBefore({ options = {}, values }: OperatorHead, names: readonly string[]): JsonObject {
  if (values !== undefined) return values;
  return Object.fromEntries(
    names.flatMap((name) => {
      const length = lengths.find((ms) => configHash(name, ms) === options[name]);
      return length === undefined ? [] : [[name, length]];
    }),
  );
}
