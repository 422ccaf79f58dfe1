import { digest } from '../../base/digest.ts';

/** A hash of what a node was configured with, so that a changed option is noticed where it matters, and only there. */
export function configHash(name: string, options: unknown): string {
  return digest(`${name}\n${canonical(options)}`);
}

/** JSON with sorted keys; functions and patterns by their text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const pairs = Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? String(value);
}
