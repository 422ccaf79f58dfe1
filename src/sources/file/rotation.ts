/** Endings that log rotation puts behind a name: `.1`, `-20240501`, `-20240501-1714521600`, `.2024-05-01`, `.old`. */
const suffix = /(?:\.\d{1,4}|[-.]\d{8}(?:[-_.]?\d{2,10})?|[-.]\d{4}-\d{2}-\d{2}(?:[-_T.]?\d{2}(?:[-:]?\d{2}){0,2})?|\.old)$/;
const compressed = /\.(?:gz|gzip)$/;

/** A path less what rotation adds: `/var/log/app.log.2.gz` is `/var/log/app.log`. */
export function logicalPath(path: string): string {
  const plain = path.replace(compressed, '');
  const slash = plain.lastIndexOf('/') + 1;
  const name = plain.slice(slash).replace(suffix, '');
  return name === '' ? plain : plain.slice(0, slash) + name;
}

/** The compressed file's name less the ending that compression added. */
export const uncompressedPath = (path: string): string => path.replace(compressed, '');

/** The rotation suffix, '' for the file that is being written. */
const readSuffix = (path: string): string => path.replace(compressed, '').slice(logicalPath(path).length);

const counted = /^\.(\d{1,4})$/;

/** The number that rotation put behind a name; null where there is none. */
export function rotationCount(path: string): number | null {
  const digits = counted.exec(readSuffix(path))?.[1];
  return digits === undefined ? null : Number(digits);
}

/**
 * Compares paths by the order their records were written in: by name, and of one log the oldest rotation first (`.2` before
 * `.1`, dates in order, the file being written last).
 */
export function byAge(a: string, b: string): number {
  const [left, right] = [logicalPath(a), logicalPath(b)];
  if (left !== right) return left < right ? -1 : 1;
  return bySuffix(a, b);
}

function bySuffix(a: string, b: string): number {
  const [first, second] = [readSuffix(a), readSuffix(b)];
  if (first === '' || second === '') return first === second ? 0 : first === '' ? 1 : -1;
  const [one, two] = [counted.exec(first), counted.exec(second)];
  if (one && two) return Number(two[1]) - Number(one[1]);
  return first < second ? -1 : first > second ? 1 : 0;
}

const numbers = /\d+/g;
const split = (name: string) => ({ text: name.replace(numbers, '#'), values: (name.match(numbers) ?? []).map(Number) });

/** Compares generations of one log, oldest first: `9.log` (a container's ninth start) before `10.log`, and each by its rotations. */
export function byGeneration(a: string, b: string): number {
  const [left, right] = [logicalPath(a), logicalPath(b)];
  if (left === right) return bySuffix(a, b);
  const [one, two] = [split(left), split(right)];
  if (one.text === two.text) {
    const at = one.values.findIndex((value, i) => value !== two.values[i]);
    if (at >= 0) return one.values[at]! - two.values[at]!;
  }
  return left < right ? -1 : 1;
}

/** Whether a name lies between two others that differ from it, and from each other, in one number only: `3.log` in `1.log` and `5.log`. */
export function isBetween(name: string, from: string, to: string): boolean {
  const [low, middle, high] = [split(from), split(name), split(to)];
  if (low.text !== middle.text || low.text !== high.text) return false;
  const at = low.values.findIndex((value, i) => value !== high.values[i]);
  if (at < 0) return false;
  const others = (values: number[]) => values.toSpliced(at, 1).join();
  return (
    others(low.values) === others(middle.values) &&
    others(low.values) === others(high.values) &&
    low.values[at]! < middle.values[at]! &&
    middle.values[at]! < high.values[at]!
  );
}
