/** The values by a key of each, in the order in which they came. */
export function groupedBy<K, V>(values: Iterable<V>, keyFrom: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) {
    const key = keyFrom(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
