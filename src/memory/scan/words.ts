/** FNV-1a over UTF-16 code units; the scanner computes the same value while it reads a token. */
export function hashWord(text: string): number {
  let h = HASH_SEED;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), HASH_PRIME);
  return h;
}
export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_PRIME = 0x01000193;

/** Words whose meaning is a value although their letters do not show it. */
export const WORD_NONE = 0;
export const WORD_BOOLEAN = 1;
/** Names of days and months: part of a date when a number stands beside them. */
export const WORD_CALENDAR = 2;
/** Units and clock suffixes: part of the number before them. */
export const WORD_UNIT = 3;

const lists: [number, string][] = [
  [WORD_BOOLEAN, 'true false null nil'],
  [WORD_CALENDAR, 'mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec'],
  [
    WORD_UNIT,
    'b kb mb gb tb kib mib gib tib byte bytes bit bits k m g ' +
      'ns us ms s sec secs second seconds msec msecs millis milliseconds microseconds min mins minute minutes ' +
      'h hr hrs hour hours day days hz khz mhz ghz % percent am pm utc gmt est edt cst cdt mst mdt pst pdt cet cest',
  ],
];

/** A power of two, large enough that nearly every other word finds an empty place at once. */
const SIZE = 4096;
const hashes = new Int32Array(SIZE);
const kinds = new Uint8Array(SIZE);
for (const [kind, words] of lists) {
  for (const word of words.split(' ')) {
    // Log writers use lower case, Capitals and UPPER CASE; anything stranger is no common word. `may`, `sun` and `mar` in
    // lower case are no dates.
    const lower = kind === WORD_CALENDAR ? [] : [word];
    for (const form of new Set([...lower, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()])) put(hashWord(form), kind);
  }
}

/** Units whose case is their meaning. */
const units =
  'kB KiB MiB GiB TiB Kb Mb Gb Kbit Mbit Gbit kHz MHz GHz kbps Mbps Gbps B/s kB/s KB/s MB/s GB/s KiB/s MiB/s GiB/s req/s ops/s rps qps';
for (const unit of units.split(' ')) put(hashWord(unit), WORD_UNIT);

function put(hash: number, kind: number): void {
  let at = hash & (SIZE - 1);
  while (kinds[at] !== WORD_NONE && hashes[at] !== hash) at = (at + 1) & (SIZE - 1);
  hashes[at] = hash;
  kinds[at] = kind;
}

/** Whether the word is surely in no list: the first place it could have is empty. */
export function isCommon(hash: number): boolean {
  return kinds[hash & (SIZE - 1)] === WORD_NONE;
}

/** Which list the word with this `hashWord` is in, or WORD_NONE. */
export function wordKind(hash: number): number {
  let at = hash & (SIZE - 1);
  while (kinds[at] !== WORD_NONE) {
    if (hashes[at] === hash) return kinds[at]!;
    at = (at + 1) & (SIZE - 1);
  }
  return WORD_NONE;
}

/** Nouns after which logs name one of many: `user root`, `host dn2`. */
export const slotNouns: ReadonlySet<string> = new Set(
  'user username account login host hostname node client device interface domain namespace tenant database table queue topic bucket'.split(
    ' ',
  ),
);
