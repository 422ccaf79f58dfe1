import { toIso } from '../../event.ts';
import type { Guess } from '../../results/guess.ts';
import type { Mark } from '../../signal.ts';

/** A guess as it is kept, and flows: a mark by the model. Its id is given by whoever keeps it. */
export const makeGuessMark = (target: string, guess: Guess, model: string, now: number): Omit<Mark, 'id'> => ({
  type: 'guess',
  target,
  who: model,
  at: toIso(now),
  via: 'model',
  guess,
});

/** What people answered, without what models guessed. */
export const withoutGuesses = (marks: readonly Mark[]): Mark[] => marks.filter(({ type }) => type !== 'guess');

/** A guess, and whose it is. */
export interface KnownGuess extends Guess {
  model: string;
  at: string;
}

/** The last guess about something; undefined where there is none. */
export function findGuess(marks: readonly Mark[], target: string): KnownGuess | undefined {
  const last = marks.findLast((mark) => mark.type === 'guess' && mark.target === target && mark.guess !== undefined);
  return last && { model: last.who, at: last.at, ...last.guess };
}

/** The last label that was guessed for a pattern that has one of these ids; undefined where there is none. */
export function findLabel(marks: readonly Mark[], ids: ReadonlySet<string>): { text: string; model: string } | undefined {
  for (const { who, guess } of marks.toReversed()) {
    const label = guess?.labels?.find(({ id }) => ids.has(id));
    if (label) return { text: label.text, model: who };
  }
  return undefined;
}
