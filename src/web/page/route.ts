/** What the address of the page asks for. */
export interface Route {
  kind: 'radar' | 'p' | 'e' | 'findings' | 'graph' | 'why';
  id: string;
  /** A time, of which a window is shown that is over; null for now. */
  at: string | null;
}

const kinds: readonly string[] = ['p', 'e', 'findings', 'graph', 'why'];

/** Reads what stands behind the `#` of an address: `#/p/k7f2?at=2026-03-14T03:05Z`. What it does not know is the radar. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [kind = '', id = ''] = path.split('/', 2);
  const at = new URLSearchParams(query).get('at');
  return { kind: kinds.includes(kind) ? (kind as Route['kind']) : 'radar', id: decode(id), at };
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    // An address that somebody cut off: nothing has that id.
    return id;
  }
}
