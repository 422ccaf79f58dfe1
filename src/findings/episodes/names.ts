import type { SharedValue } from '../../results/episodeResult.ts';
import type { Blip } from '../../signal.ts';

/** Values of a member that are kept, and the longest that says anything to a person. */
const mostValues = 64;
const longest = 80;
/** Values that are named as shared. */
const mostShared = 3;
/** A value is shared when it is in two members at least and in this share of them. */
const leastShare = 0.5;

const separators = /[\s,;()[\]{}<>"'|=]+/;
/** Ends of a word that are punctuation and not part of a name. */
const edges = /^[.:!?*#-]+|[.:!?*#-]+$/g;
/** Plain numbers, sizes, lengths of time and dates say how much and when, not who. */
const amount = /^[-+]?\d[\d.,:]*([a-z%]{1,3}|T[\d:.]+Z?)?$/i;
const date = /^\d{4}-\d\d-\d\d/;

/** The names in a text: words with a digit or a slash in them, which tell one host, volume or object from another. */
export function findNamesIn(text: string): string[] {
  return text
    .slice(0, 2000)
    .split(separators)
    .map((word) => word.replace(edges, ''))
    .filter(isName);
}

/** Whether a word is a name: it has a digit or a slash, and says neither how much nor when. */
export function isName(word: string): boolean {
  return word.length >= 2 && word.length <= longest && /[\d/]/.test(word) && /[a-z]/i.test(word) && !amount.test(word) && !date.test(word);
}

/** The names behind a pattern in a window: the values of its slots and those in its examples. */
export function findNames({ slots, exemplars, label }: Blip): string[] {
  const values = slots.flatMap((slot) => slot.values.flatMap(({ value }) => findNamesIn(value)));
  return bounded([...findNamesIn(label), ...values, ...exemplars.flatMap(({ text }) => findNamesIn(text))]);
}

/** Each once, as many as are kept. */
export const bounded = (values: readonly string[]): string[] => [...new Set(values)].slice(0, mostValues);

/** A name and what it lies in: a folder is in what is about something below it, a host in what is about one of its ports. */
function withWhatHolds(name: string): string[] {
  const all = [name];
  for (let at = 1; at < name.length; at++) if (name[at] === '/' || name[at] === ':') all.push(name.slice(0, at));
  return all;
}

/**
 * What most members have in common, as `{ value, in, of }`: shared by most first, then the more telling (longer) name. Of
 * two names in the same members, one of which holds the other, the longer is named.
 */
export function findShared(members: readonly { names: readonly string[] }[]): SharedValue[] {
  const counts = new Map(members.flatMap(({ names }) => names.map((name) => [name, 0])));
  for (const { names } of members)
    for (const value of new Set(names.flatMap(withWhatHolds))) {
      const count = counts.get(value);
      if (count !== undefined) counts.set(value, count + 1);
    }
  const shared = [...counts]
    .map(([value, count]) => ({ value, in: count }))
    .filter((one) => one.in >= 2 && one.in >= members.length * leastShare)
    .sort((a, b) => b.in - a.in || b.value.length - a.value.length || (a.value < b.value ? -1 : 1));
  const named = shared.filter(
    ({ value, in: many }, at) => !shared.slice(0, at).some((other) => other.in === many && other.value.includes(value)),
  );
  return named.slice(0, mostShared).map((one) => ({ ...one, of: members.length }));
}
