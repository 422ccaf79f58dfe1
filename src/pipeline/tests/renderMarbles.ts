import type { Candidate } from './candidates.ts';
import { parseMarbles, type Mark } from './marbleText.ts';
import { matches } from './matches.ts';
import type { Expectation } from './testCase.ts';

/** What came, as the letters of an expected diagram; `?` what is none of them. */
export function renderMarbles(
  { marbles = '', values = {} }: Expectation,
  all: readonly Candidate[],
  { start, frame }: { start: number; frame: number },
) {
  const { marks: wanted, end } = parseMarbles(marbles);
  const letters = [...new Set(wanted.map((m) => m.letter))];
  const findLetter = ({ record }: Candidate) => letters.find((letter) => matches(record, values[letter] ?? {})) ?? '?';
  const actual: Mark[] = all.map((c) => ({ frame: Math.floor((c.time - start) / frame), letter: findLetter(c) }));
  const same = actual.length === wanted.length && actual.every((m, i) => m.frame === wanted[i]!.frame && m.letter === wanted[i]!.letter);
  return { wanted, end, actual, same, letters, values };
}
