import type { Blip } from '../../signal.ts';
import { decimal, expected } from '../text/numbers.ts';
import { age } from '../text/duration.ts';
import { readWhy, type BlipWhy } from '../../results/blipWhy.ts';

/** One term of a blip's salience as the screen shows it. */
export interface BitTerm {
  name: string;
  /** What was counted, in words a person can check. */
  words: string;
  /** Bits, to one decimal, so that what is shown adds up. */
  bits: number;
  /** Whether it is part of the sum. */
  added: boolean;
  note: string;
}

const tenths = (bits: number) => Math.round(bits * 10);

/**
 * Tenths of bits whose sum is the rounded sum: those with the largest rounding error give way, so that a reader who
 * adds up what is shown gets what is shown.
 */
function evened(bits: readonly number[]): number[] {
  const rounded = bits.map(tenths);
  const wanted = tenths(bits.reduce((sum, value) => sum + value, 0));
  let off = wanted - rounded.reduce((sum, value) => sum + value, 0);
  const byError = bits
    .map((value, at) => ({ at, error: value * 10 - rounded[at]! }))
    .toSorted((a, b) => (off > 0 ? b.error - a.error : a.error - b.error));
  for (const { at } of byError) {
    if (off === 0) break;
    rounded[at]! += Math.sign(off);
    off -= Math.sign(off);
  }
  return rounded.map((value) => value / 10);
}

function severityWords({ level }: Blip, { severity_word: word, severity_counts: share = null }: BlipWhy): string {
  const words = [level ?? 'no level', ...(word ? [`"${word}"`] : [])].join('; ');
  return share !== null && share < 0.995 ? `${words}; known, counts ${decimal(share * 100, 0)} %` : words;
}

function noveltyWords({ state }: Blip, { new_per_day: daily = null, first_ever: isFirst }: BlipWhy): string {
  const rate = daily === null ? '' : `; group makes ${expected(daily)} new a day`;
  return isFirst ? `first ever${rate}` : state === 'returning' ? 'seen before, long ago' : 'known';
}

function burstWords({ burst }: BlipWhy): string {
  if (!burst) return 'no burst';
  const { minutes, count = null, expected: usual = null } = burst;
  const length = minutes === 1 ? 'one minute' : age(minutes * 60_000);
  return `${expected(count)} in ${length}, ${expected(usual)} expected`;
}

function togetherWords({ together = [] }: Blip, { moved_with: movers }: BlipWhy, short: (id: string) => string): string {
  if (together.length === 0) return 'moved alone';
  const names = together.slice(0, 3).map(short).join(', ');
  const others = movers ?? together.length;
  return others > 3 ? `${names} and ${others - 3} more in this window` : `${names} in this window`;
}

const measureWords = ({ quantile, slot, instance }: NonNullable<Blip['measure']>, now: string, usual: string): string =>
  instance === undefined
    ? `${quantile === 'count' ? slot : quantile} is ${now}, was ${usual}`
    : `${quantile} of ${instance} is ${now}, of the others ${usual}`;

/** The terms of a blip's salience; those that are added sum up to `sum`. */
export function bitTerms(blip: Blip, short: (id: string) => string): { terms: BitTerm[]; sum: number } {
  const { bits } = blip;
  const why = readWhy(blip.why);
  const burstWins = bits.burst > bits.surprise;
  const larger = burstWins ? bits.burst : bits.surprise;
  const [peak = 0, novelty = 0, severity = 0, together = 0] = evened([larger, bits.novelty, bits.severity, bits.together]);
  const [now, usual] = [expected(why.seen ?? blip.count), expected(why.expected ?? blip.usual)];
  const seen = blip.measure ? measureWords(blip.measure, now, usual) : `${now} seen, ${usual} expected`;
  const notes = bits.burst === 0 || bits.surprise === 0 ? ['', ''] : ['larger of two', 'not added'];
  return {
    sum: Math.round((peak + novelty + severity + together) * 10) / 10,
    terms: [
      {
        name: 'surprise',
        words: seen,
        bits: burstWins ? tenths(bits.surprise) / 10 : peak,
        added: !burstWins,
        note: notes[burstWins ? 1 : 0]!,
      },
      {
        name: 'burst',
        words: burstWords(why),
        bits: burstWins ? peak : tenths(bits.burst) / 10,
        added: burstWins,
        note: notes[burstWins ? 0 : 1]!,
      },
      { name: 'novelty', words: noveltyWords(blip, why), bits: novelty, added: true, note: '' },
      { name: 'severity', words: severityWords(blip, why), bits: severity, added: true, note: '' },
      { name: 'together', words: togetherWords(blip, why, short), bits: together, added: true, note: '' },
    ],
  };
}
