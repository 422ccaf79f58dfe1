/**
 * Outcomes, in their base form, that exclude each other, one against the other. Models of meaning put opposites close
 * together, because they stand in the same sentences: to them "link is up" and "link is down" are nearly the same.
 */
const pairs: readonly (readonly [string, string])[] = [
  ['start', 'stop'],
  ['open', 'close'],
  ['connect', 'disconnect'],
  ['success', 'fail'],
  ['success', 'error'],
  ['complete', 'fail'],
  ['complete', 'abort'],
  ['finish', 'fail'],
  ['finish', 'abort'],
  ['accept', 'reject'],
  ['accept', 'refuse'],
  ['accept', 'deny'],
  ['allow', 'deny'],
  ['allow', 'reject'],
  ['create', 'delete'],
  ['create', 'remove'],
  ['add', 'remove'],
  ['add', 'delete'],
  ['enable', 'disable'],
  ['begin', 'end'],
  ['begin', 'finish'],
  ['start', 'finish'],
  ['start', 'complete'],
  ['start', 'terminate'],
  ['begin', 'complete'],
  ['start', 'end'],
  ['suspend', 'resume'],
  ['send', 'receive'],
  ['read', 'write'],
  ['lock', 'unlock'],
  ['lost', 'found'],
  ['up', 'down'],
  ['valid', 'invalid'],
  ['increase', 'decrease'],
  ['healthy', 'unhealthy'],
  ['primary', 'secondary'],
  ['primary', 'slave'],
  ['master', 'slave'],
  ['master', 'secondary'],
  ['input', 'output'],
  ['minimum', 'maximum'],
  ['request', 'response'],
  ['first', 'last'],
  ['small', 'big'],
  ['high', 'low'],
  ['full', 'empty'],
  ['active', 'inactive'],
  ['known', 'unknown'],
  ['available', 'unavailable'],
  ['reachable', 'unreachable'],
  ['online', 'offline'],
  ['enter', 'leave'],
  ['enter', 'exit'],
  ['true', 'false'],
  ['mount', 'unmount'],
  ['load', 'unload'],
];

const against = new Map<string, Set<string>>();
for (const [one, other] of pairs) {
  against.set(one, (against.get(one) ?? new Set()).add(other));
  against.set(other, (against.get(other) ?? new Set()).add(one));
}

/**
 * Whether one text is the opposite of the other: it has an outcome whose opposite the other has, and neither has both.
 * Takes the keys of `outcomeKey`.
 */
export function areOpposites(a: string, b: string): boolean {
  if (a === b || a === '' || b === '') return false;
  const one = a.split(' ');
  const other = b.split(' ');
  return one.some((word) => {
    if (other.includes(word)) return false;
    for (const opposite of against.get(word) ?? []) if (other.includes(opposite) && !one.includes(opposite)) return true;
    return false;
  });
}
