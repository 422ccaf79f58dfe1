import type { Blip, Slot } from '../signal.ts';

/** A piece of a pattern: constant text, the type of a slot (`<path>`), or the one value that was seen in a slot. */
export interface Part {
  kind: 'text' | 'slot' | 'value';
  text: string;
  /** Type of the slot: `host`, `path`, `*`; of text none. */
  type?: string;
}

/**
 * A pattern in pieces, whose texts joined are the pattern again. A value is marked where its place is certain: what could as
 * well be a constant of the same text stays text.
 */
export function splitPattern({ pattern, slots }: Pick<Blip, 'pattern' | 'slots'>): Part[] {
  const wanted = slots.map((slot) => ({ slot, texts: spellings(slot) }));
  const first = placeAll(pattern, wanted, 'first');
  const last = placeAll(pattern, wanted, 'last');
  const parts: Part[] = [];
  let done = 0;
  wanted.forEach(({ slot: { type } }, i) => {
    const [place, other] = [first[i], last[i]];
    if (!place || !other || place.at !== other.at || place.text !== other.text || place.text === '') return;
    if (place.at > done) parts.push({ kind: 'text', text: pattern.slice(done, place.at) });
    parts.push({ kind: place.text === `<${type}>` ? 'slot' : 'value', text: place.text, type });
    done = place.at + place.text.length;
  });
  if (done < pattern.length || parts.length === 0) parts.push({ kind: 'text', text: pattern.slice(done) });
  return parts;
}

/** A line of text that is no pattern of ours, such as a title: only its types are told apart. */
export function splitText(text: string): Part[] {
  return text
    .split(/(<(?:n|code|ip|path|time|url|email|bool|host|id|\*)>)/)
    .map((piece, i): Part => (i % 2 === 1 ? { kind: 'slot', text: piece, type: piece.slice(1, -1) } : { kind: 'text', text: piece }))
    .filter((part, _, all) => part.text !== '' || all.length === 1);
}

/** How a slot may be written: by its type, or as its one value. */
function spellings({ type, values, distinct }: Slot): string[] {
  const value = distinct === 1 ? values[0]?.value.replaceAll('\n', ' ').replaceAll('\t', ' ').trim() : undefined;
  return value === undefined ? [`<${type}>`] : [value, `<${type}>`];
}

interface Place {
  at: number;
  text: string;
}

/** Each slot at its first, or at its last possible place, in order; null for one that is written otherwise, as a code by its class. */
function placeAll(pattern: string, wanted: readonly { texts: readonly string[] }[], which: 'first' | 'last'): (Place | null)[] {
  const places: (Place | null)[] = [];
  let edge = which === 'first' ? 0 : pattern.length;
  for (const { texts } of which === 'first' ? wanted : wanted.toReversed()) {
    const found = texts.flatMap((text): Place[] => {
      const at = which === 'first' ? findWord(pattern, text, edge) : findWordBefore(pattern, text, edge);
      return at < 0 ? [] : [{ at, text }];
    });
    const best = found.reduce<Place | null>((one, other) => (one && isAhead(one, other, which) ? one : other), null);
    if (best) edge = which === 'first' ? best.at + best.text.length : best.at;
    places.push(best);
  }
  return which === 'first' ? places : places.reverse();
}

const isAhead = (one: Place, other: Place, which: 'first' | 'last'): boolean => {
  if (which === 'first') return one.at < other.at || (one.at === other.at && one.text.length >= other.text.length);
  return one.at + one.text.length > other.at + other.text.length;
};

const isWord = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** Whether a place does not begin or end inside of a longer word. */
function standsAlone(pattern: string, text: string, at: number): boolean {
  const end = at + text.length;
  return !(isWord(pattern[at - 1]) && isWord(text[0])) && !(isWord(pattern[end]) && isWord(text.at(-1)));
}

function findWord(pattern: string, text: string, from: number): number {
  if (text === '') return from;
  let at = pattern.indexOf(text, from);
  while (at >= 0 && !standsAlone(pattern, text, at)) at = pattern.indexOf(text, at + 1);
  return at;
}

function findWordBefore(pattern: string, text: string, before: number): number {
  if (text === '') return before;
  let at = before < text.length ? -1 : pattern.lastIndexOf(text, before - text.length);
  while (at > 0 && !standsAlone(pattern, text, at)) at = pattern.lastIndexOf(text, at - 1);
  return at >= 0 && standsAlone(pattern, text, at) ? at : -1;
}
