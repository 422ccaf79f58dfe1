import { findLabel, type KnownGuess } from '../../findings/guesses/guessMark.ts';
import type { Mark } from '../../signal.ts';
import { code } from '../markdown/markdown.ts';
import { flow } from '../text/layout.ts';
import type { ViewOptions } from '../text/viewOptions.ts';

/** The mark of what a model guessed: nobody has checked it. */
export const markGuess = (text: string): string => `~ ${text}`;

const indent = 13;

/** What a model guessed about an episode, each under its mark: the summary, causes with the patterns named for them, labels. */
export function guessLines(
  { summary, causes = [], labels = [], model }: KnownGuess,
  short: (id: string) => string,
  view: ViewOptions,
): string[] {
  const parts = [
    ...(summary === undefined ? [] : [markGuess(summary)]),
    ...causes.map(({ text, patterns }) => markGuess(`cause: ${text}${listNamed(patterns, short)}`)),
    ...(labels.length === 0 ? [] : [labels.map(({ id, text }) => `${markGuess(short(id))} ${text}`).join(', ')]),
  ];
  return parts.flatMap((part, at) => {
    const words = part.split(' ');
    const head = `${(at === 0 ? 'guess' : '').padEnd(indent)}${words.slice(0, 2).join(' ')}`;
    const end = at === parts.length - 1 ? [[`(${model}, unchecked)`]] : [];
    return flow([[head], ...words.slice(2).map((word) => [word]), ...end], view, { gap: 1, indent });
  });
}

const listNamed = (patterns: readonly string[], short: (id: string) => string): string =>
  patterns.length === 0 ? '' : ` (${patterns.map(short).join(', ')})`;

/** What a model guessed of the patterns that are on a page, apart from those of its episodes: `~ k7f2 a disk fails`. */
export function labelLines(guesses: readonly Mark[], onPage: Iterable<string>, short: (id: string) => string, view: ViewOptions): string[] {
  const labels = [...new Set(onPage)].flatMap((id) => {
    const label = findLabel(guesses, new Set([id]));
    return label ? [{ id, ...label }] : [];
  });
  return labels.length === 0 ? [] : guessLines({ labels, model: labels[0]!.model, at: '' }, short, view);
}

/** The same for a ticket. What a model wrote stands in code, as all that comes from outside. */
export function guessMarkdown(guess: KnownGuess | undefined, short: (id: string) => string): string[] {
  if (!guess) return [];
  const { summary, causes = [], labels = [], model } = guess;
  return [
    '',
    `Guessed by ${code(model)}, checked by nobody:`,
    '',
    ...(summary === undefined ? [] : [`- ${code(markGuess(summary))}`]),
    ...causes.map(({ text, patterns }) => `- cause: ${code(markGuess(text))}${listNamed(patterns, (id) => code(short(id)))}`),
    ...labels.map(({ id, text }) => `- ${code(short(id))}: ${code(markGuess(text))}`),
  ];
}
