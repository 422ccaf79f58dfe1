import { VALUE } from '../scan/scanner.ts';
import { CONST, SOFT, VAR } from '../scan/shape.ts';
import { isOutcome, isStopWord } from '../text/contentWords.ts';
import { slotNouns } from '../scan/words.ts';
import { inPath, nameLike, wordLike } from './names.ts';
import { WILD } from './pieces.ts';
import type { Skeleton } from './skeleton.ts';
import type { Template } from './template.ts';

/** Distinct tokens from which on a position is a value, by what stands around it. */
const QUOTED = 2;
const ANSWERS = 2;
const NUMBERED_NAMES = 2;
const LETTERED = 2;
const AFTER_NOUN = 3;
const NAMES = 3;
const ENCLOSED = 4;
const PLAIN = 6;
const LEADING = 16;
/** Parts of a path name resources first, and one of many behind them; a part with a dot in it is a file. */
const PATH_FIRST = 64;
const PATH_PART = 32;
const PATH_FILES = 8;
/** Resources are a closed set, asked for again and again before the last of them is; so many times more are values all the same. */
const ASKED_AGAIN = 2;
const PATH_SURELY = 4;
/** Paths of one length, hardly any of them asked for twice, from which on they are what somebody tries out. */
const STRAY_PATHS = 32;
/** A path that is asked for this many times as often as others is a resource of its own. */
const RESOURCE = 10;
/** Templates with nothing in common but a frame, from which on what the frame leaves open is free text. */
const FRAMED = 12;
/** Words that say something a frame must have, or it needs twice as many. */
const FRAME_WORDS = 2;
/** Lines of a template from which on it is more likely a statement of its own than one of a frame's: it counts half. */
const OFTEN = 3;

const wraps = new Map([
  ['"', '"'],
  ["'", "'"],
  ['[', ']'],
  ['{', '}'],
]);

/** What a field says that is true or false; in a sentence the same words may turn it round. */
const answers: ReadonlySet<string> = new Set(['yes', 'no', 'on', 'off']);

/**
 * Whether position `i`, in which templates that are equal everywhere else differ, is a value.
 *
 * Prose has few words that fit one place, names have many; how many is enough depends on what the place looks like.
 * Only the set of tokens counts, never the order they came in.
 */
export function isValue(members: readonly Template[], i: number): boolean {
  // A line of values alone would take in everything: something constant must hold it together.
  if (!members[0]!.kinds.some((kind, k) => k !== i && kind <= CONST)) return false;
  if (members.some((member) => member.kinds[i]! < CONST)) return false;
  let words = 0;
  let names = 0;
  let values = 0;
  for (const member of members) {
    const kind = member.kinds[i]!;
    if (kind !== CONST && kind !== SOFT) values++;
    else if (kind === SOFT || nameLike(member.texts[i]!)) names++;
    else words++;
  }
  const distinct = words + names;
  if (members.every((member) => inPath(member.glue, i)))
    return isPathValue(members, words === 0 ? PATH_FILES : i === 1 ? PATH_FIRST : PATH_PART);
  const noun = members.every((member) => followsNoun(member, i));
  const enclosed = noun || members.every((member) => isEnclosed(member, i));
  // Something that is a value by its shape stood here too: the place is a slot, the question is only which words fit.
  if (values > 0) return enclosed || names > 0 || distinct >= 2;
  if (noun) return distinct >= AFTER_NOUN;
  if (members.every((member) => isQuoted(member, i))) return distinct >= QUOTED;
  if (enclosed && members.every((member) => answers.has(member.texts[i]!.toLowerCase()))) return distinct >= ANSWERS;
  if (enclosed && members.every((member) => sameButLast(member.texts[i]!, members[0]!.texts[i]!))) return distinct >= LETTERED;
  // A field that takes names takes words as well: `name=Toast`, `name=com.example.Main`.
  if (enclosed) return distinct >= (names > 0 ? NAMES : ENCLOSED);
  // Where most words say how something ended, that is what the place tells.
  const outcomes = members.filter((member) => isOutcome(member.texts[i]!)).length;
  return outcomes * 2 <= distinct && distinct >= (i === 0 ? LEADING : PLAIN);
}

/** Whether a part of a path, in which so many templates differ, names one of many. */
function isPathValue(members: readonly Template[], enough: number): boolean {
  const lines = members.reduce((sum, { count }) => sum + count, 0);
  return members.length >= enough * PATH_SURELY || (members.length >= enough && lines < members.length * ASKED_AGAIN);
}

/** A template with its skeleton; null when it has no doubts and is its own. */
export interface Doubted {
  template: Template;
  skeleton: Skeleton | null;
}

/** Neighbours were joined, and nothing else. */
const isSure = ({ numbered, names, weak, words, rare }: Skeleton): boolean => numbered + names + weak + words + rare === 0;

/** Those of the templates with one skeleton of names that are one. */
export function sameButNames(members: readonly Doubted[]): Doubted[] {
  const sure = members.filter(({ skeleton }) => !skeleton || isSure(skeleton));
  // Where a value stood by its shape, names fit as well, even a bare `localhost:80` or a hex id of letters.
  if (sure.length > 0) return [...members];
  const named = members.filter(({ skeleton }) => skeleton!.weak === 0);
  if (named.length >= NAMES) return named;
  const numbered = named.filter(({ skeleton }) => skeleton!.names === 0);
  return numbered.length >= NUMBERED_NAMES ? numbered : [];
}

/** Whether templates with one skeleton of names and words are one: some field took enough different words. */
export function sameButWords(members: readonly Doubted[]): boolean {
  const width = members[0]!.skeleton?.hashes.length ?? members[0]!.template.hashes.length;
  for (let k = 0; k < width; k++) {
    const seen = new Set<string>();
    let takesWords = false;
    for (const { template, skeleton } of members) {
      const from = skeleton?.from[k] ?? k;
      const to = skeleton?.to[k] ?? k;
      takesWords ||= template.kinds[from] === WILD && !skeleton?.words;
      if (template.kinds[from] === CONST) seen.add(template.texts.slice(from, to + 1).join(' '));
      else if (template.kinds[from]! > VAR) for (const { value } of template.slots[from]!.top(Infinity)) seen.add(value);
    }
    // Names vary for reasons of their own and say nothing about whether the words of other fields do.
    if ([...seen].filter((text) => wordLike(text)).length >= ENCLOSED) return true;
    // Where words are known to be values, others fit as well.
    if (takesWords && members.some(({ template, skeleton }) => skeleton?.words && template.kinds[skeleton.from[k]!] === CONST)) return true;
  }
  return false;
}

/**
 * Those of the templates with one skeleton of rare words that are one: so many lines that have a frame in common and not one other
 * word twice are lines with free text in it. Statements of a program are few, come again, and end in different ways.
 */
export function sameButRare(members: readonly Doubted[]): readonly Doubted[] {
  if (members.some(({ template }) => template.kinds.some((_, i) => inPath(template.glue, i)))) return strayPaths(members);
  return isFramed(members) ? members : [];
}

function isFramed(members: readonly Doubted[]): boolean {
  const open = members.find(({ template, skeleton }) => !skeleton?.rare && template.kinds.includes(WILD));
  if (open && members.every((member) => !member.skeleton || takesRuns(open.template, member))) return true;
  if (members.length < FRAMED) return false;
  const [first] = members as [Doubted];
  const words = frameWords(first).filter((word) => !isStopWord(word.toLowerCase())).length;
  const tokens = first.template.hashes.length;
  const even = members.every((member) => member.template.hashes.length === tokens || isBounded(member));
  const needed = FRAMED * (words < FRAME_WORDS ? 2 : 1) * (even ? 1 : 2);
  const evidence = members.reduce((sum, { template }) => sum + (template.count < OFTEN ? 1 : 0.5), 0);
  const outcomes = members.filter((member) => freeWords(member).some(isOutcome)).length;
  return evidence >= needed && outcomes * 2 <= members.length;
}

/** Paths that were hardly asked for: with others of their kind, or with what those have become. */
function strayPaths(members: readonly Doubted[]): readonly Doubted[] {
  const isOpen = ({ template, skeleton }: Doubted) => !skeleton?.rare && template.kinds.includes(WILD);
  const stray = members.filter((member) => isOpen(member) || member.template.count < OFTEN);
  return stray.length >= STRAY_PATHS || stray.some(isOpen) ? stray : [];
}

/** The members that become one when position `i` is a value: resources that are asked for again and again stay what they are. */
export function valueMembers(members: Template[], i: number): Template[] {
  if (!inPath(members[0]!.glue, i)) return members;
  const counts = members.map(({ count }) => count).sort((a, b) => a - b);
  const often = counts[counts.length >> 1]! * RESOURCE;
  return members.filter(({ kinds, count }) => kinds[i] !== CONST || count < often);
}

/** Whether the open places of a template may hold several words where a line of this skeleton has several. */
export function takesRuns(open: Template, { template, skeleton }: Doubted): boolean {
  const { from, to } = skeleton!;
  return open.hashes.length === from.length && from.every((i, k) => i === to[k] || holdsRuns(open, k) || isWrapped(template, i, to[k]!));
}

/** In quotes or brackets of its own, from one token to another. */
function isWrapped({ glue }: Template, from: number, to: number): boolean {
  const closer = wraps.get(glue[from]!.at(-1) ?? '');
  return closer !== undefined && glue[to + 1]!.startsWith(closer);
}

/** Whether values of more than one word were seen in an open place. */
const holdsRuns = ({ kinds, slots }: Template, k: number): boolean =>
  kinds[k] === WILD && slots[k]!.top(Infinity).filter(({ value }) => value.includes(' ')).length >= 2;

/** What the skeleton leaves constant. */
function frameWords({ template, skeleton }: Doubted): string[] {
  if (!skeleton) return template.texts.filter((_, i) => template.hashes[i] !== VALUE);
  return skeleton.from.flatMap((from, k) => (skeleton.hashes[k] === VALUE ? [] : [template.texts[from]!]));
}

/** The words that only the skeleton takes for values. */
function freeWords({ template, skeleton }: Doubted): string[] {
  if (!skeleton) return [];
  return skeleton.from.flatMap((from, k) =>
    skeleton.hashes[k] === VALUE
      ? template.texts.slice(from, skeleton.to[k]! + 1).filter((_, i) => template.kinds[from + i] === CONST)
      : [],
  );
}

/** Whether each run of several free words stands in brackets or quotes, or behind a colon: a field may be of any length. */
function isBounded({ template, skeleton }: Doubted): boolean {
  return (skeleton?.from ?? []).every(
    (from, k) => skeleton!.to[k] === from || '=:([{<"\''.includes(template.glue[from]!.trimEnd().at(-1) ?? ' '),
  );
}

/** Equal but for the last letter: `[A]` and `[B]`, `[LNKA]` and `[LNKD]` are numbered with letters. */
const sameButLast = (a: string, b: string): boolean => a.length === b.length && a.slice(0, -1) === b.slice(0, -1);

/** `user root`, `for host dn2`: the word before says that a name follows; but `node down` says what became of one. */
function followsNoun(template: Template, i: number): boolean {
  return (
    i > 0 &&
    !isOutcome(template.texts[i]!) &&
    template.kinds[i - 1] === CONST &&
    template.glue[i] === ' ' &&
    slotNouns.has(template.texts[i - 1]!.toLowerCase())
  );
}

/** Behind `= : [ ( " '` and before a mark or the end: a field, not a word in a sentence. */
function isEnclosed(template: Template, i: number): boolean {
  const before = template.glue[i]!.trimEnd();
  const after = template.glue[i + 1]!.trimStart();
  const opened = before !== '' && '=:([{<"\'|,'.includes(before[before.length - 1]!);
  const closed = i === template.kinds.length - 1 ? true : after !== '' && ',;)]}>"\'|:(['.includes(after[0]!);
  return opened && closed;
}

/** In quotes of its own: nobody quotes a word of the sentence. */
function isQuoted(template: Template, i: number): boolean {
  const quote = template.glue[i]!.at(-1);
  return (quote === '"' || quote === "'") && template.glue[i + 1]![0] === quote;
}
