import { fieldAt } from '../../../config/scalars.ts';
import type { Path } from '../yamlDocument.ts';
import { fits } from './matches.ts';
import type { Change } from './rewrite.ts';

type Wanted = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Wanted => typeof value === 'object' && value !== null && !Array.isArray(value);
const bounds = ['gt', 'gte', 'lt', 'lte'];
const isBounds = (value: unknown): value is Wanted =>
  isMap(value) && Object.keys(value).length > 0 && Object.keys(value).every((key) => bounds.includes(key));

/**
 * The fewest changes to what was wanted that make a record fit: fields that fit stay as they are written, a bound moves
 * to the next whole number, anything else becomes what came. A field that is not there is no longer asked for.
 */
export function loosened(wanted: Wanted, record: unknown, path: Path): Change[] {
  const fields = Object.entries(wanted).map(([name, value]) => [name, value, fieldAt(record, name)] as const);
  if (fields.some(([, , actual]) => actual === undefined)) return [{ path, value: asFits(wanted, record) }];
  return fields.flatMap(([name, value, actual]) => {
    if (fits(actual, value)) return [];
    if (isMap(value) && !isBounds(value) && isMap(actual)) return loosened(value, actual, [...path, name]);
    if (isBounds(value) && typeof actual === 'number') return movedBounds(value, actual, [...path, name]);
    return [{ path: [...path, name], value: asFits(value, actual) }];
  });
}

function movedBounds(wanted: Wanted, actual: number, path: Path): Change[] {
  return Object.keys(wanted)
    .filter((bound) => !fits(actual, { [bound]: wanted[bound] }))
    .map((bound) => ({ path: [...path, bound], value: moved(bound, actual) }));
}

/** The nearest whole number that lets the number in. */
function moved(bound: string, actual: number): number {
  if (bound === 'gt') return Math.ceil(actual) - 1;
  if (bound === 'lt') return Math.floor(actual) + 1;
  return bound === 'gte' ? Math.floor(actual) : Math.ceil(actual);
}

/** A whole value that fits, as near to the wanted one as it can be. */
function asFits(wanted: unknown, actual: unknown): unknown {
  if (fits(actual, wanted)) return wanted;
  if (isBounds(wanted) && typeof actual === 'number') {
    return Object.fromEntries(
      Object.entries(wanted).map(([bound, limit]) => [bound, fits(actual, { [bound]: limit }) ? limit : moved(bound, actual)]),
    );
  }
  if (isMap(wanted) && isMap(actual)) {
    const there = Object.entries(wanted).filter(([name]) => fieldAt(actual, name) !== undefined);
    return Object.fromEntries(there.map(([name, value]) => [name, asFits(value, fieldAt(actual, name))]));
  }
  if (Array.isArray(wanted) && Array.isArray(actual)) return wanted.filter((one) => actual.some((came) => fits(came, one)));
  return actual;
}
