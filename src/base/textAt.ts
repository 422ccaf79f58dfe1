/** The text behind a list of names of own properties, some of which hold points; undefined when there is none. A number is written as text. */
export function textAt(record: unknown, names: readonly string[]): string | undefined {
  let at: unknown = record;
  for (const name of names) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'string' && at !== '' ? at : typeof at === 'number' ? String(at) : undefined;
}
