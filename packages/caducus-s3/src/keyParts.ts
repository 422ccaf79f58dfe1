/** What a key says of its object. */
export interface KeyParts {
  /** The time that it names, milliseconds since 1970, and for how long that holds; null where it names none. */
  time: { start: number; span: number } | null;
  /** The log it is a piece of: what of the key is neither a time nor a name made up for one object; empty where nothing is left. */
  stream: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `20260314T0005Z`, `2026-03-14-05-00-01`, `2026-03-14`: a day, and what of the hour stands behind it. */
const stamp =
  /(?<!\d)(20\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?:[T_.-]?([01]\d|2[0-3])(?:[:_.-]?([0-5]\d)(?:[:_.-]?([0-5]\d))?)?)?Z?(?!\d)/g;
/** `2026/03/14/05/`: folders. The last may be the beginning of the name of the object. */
const folders = /(?<![\d])(20\d\d)\/(0[1-9]|1[0-2])\/(0[1-9]|[12]\d|3[01])(?=\/|$)(?:\/([01]\d|2[0-3])(?=\/|$)(?:\/([0-5]\d)(?=\/|$))?)?/g;
/** `year=2026/month=03`: only what stands behind the sign is of interest. */
const labels = /(?<=^|\/)[A-Za-z_]+=/g;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const extensions = /(?:\.(?:gz|log|json|jsonl|ndjson|txt|csv|tsv))+$/i;

interface Found {
  start: number;
  span: number;
}

const readTime = ([y, m, d, h, min, s]: readonly (string | undefined)[]): Found => ({
  start: Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h ?? 0), Number(min ?? 0), Number(s ?? 0)),
  span: s !== undefined ? 1000 : min !== undefined ? minute : h !== undefined ? hour : day,
});

/**
 * Reads a key. Times are taken to be UTC, as the services write them; of several the most precise holds.
 *
 * @param prefix what all keys begin with: its folders are no part of the stream
 */
export function readKey(key: string, prefix = ''): KeyParts {
  const found: Found[] = [];
  const bare = key
    .replace(labels, '')
    .replace(uuid, '')
    .replace(folders, (_, ...parts: string[]) => (found.push(readTime(parts.slice(0, 5))), ''))
    .replace(stamp, (_, y: string, _sign: string, ...parts: string[]) => (found.push(readTime([y, ...parts.slice(0, 5)])), ''));
  const time = found.reduce<Found | null>((best, one) => (best === null || one.span <= best.span ? one : best), null);
  const above = prefix.slice(0, prefix.lastIndexOf('/') + 1).replace(labels, '');
  const own = above !== '' && bare.startsWith(above) ? bare.slice(above.length) : bare;
  const segments = own.split('/').map((segment) =>
    segment
      .replace(extensions, '')
      .split(/[-_.]+/)
      .filter((token) => token !== '' && !isMadeUp(token))
      .join('-'),
  );
  return { time, stream: segments.filter(Boolean).join('/') };
}

/** Counters, digests and random names: each object has another. A number of one or two digits may be that of a host, one of twelve is an account. */
function isMadeUp(token: string): boolean {
  if (/^\d+$/.test(token)) return token.length > 2 && token.length !== 12;
  if (token.length < 8 || !/\d/.test(token)) return false;
  if (/^[0-9a-f]+$/i.test(token)) return true;
  return token.split(/(?<=\d)(?=\D)|(?<=\D)(?=\d)/).length > 3;
}
