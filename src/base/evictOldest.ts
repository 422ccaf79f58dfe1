/** A map or a set: they keep the order in which keys came in. */
interface Ordered<K> {
  readonly size: number;
  keys(): IterableIterator<K>;
  delete(key: K): boolean;
}

/** Lets go of the keys that came in first, until at most `most` are left. */
export function evictOldest<K>(held: Ordered<K>, most: number): void {
  if (held.size <= most) return;
  for (const oldest of held.keys()) {
    if (held.size <= most) return;
    held.delete(oldest);
  }
}

/** Sets a key as the newest, and lets go of the oldest beyond `most`. */
export function setNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  evictOldest(map, most);
}
