import { contentWords } from '../../memory/text/contentWords.ts';

/** A pattern that came or went with a change. Plain data. */
export interface Turned {
  template: string;
  label: string;
  level: string | null;
  /** Lines a window: of what came now, of what went before. */
  rate: number;
}

/** What goes on in other words comes at most so many times as often. */
const mostRatio = 2;

/**
 * Which of the patterns that came with a change go on with what went with it: of the same level, about as often, and with
 * the most words in common, at least one. Each has one predecessor at most.
 */
export function findSuccessors(gone: readonly Turned[], fresh: readonly Turned[]): { from: string; to: string }[] {
  const left = new Set(fresh);
  return gone.flatMap((old) => {
    const words = new Set(contentWords(old.label));
    const shared = (one: Turned) => contentWords(one.label).filter((word) => words.has(word)).length;
    const [best] = [...left].filter((one) => isAlike(old, one) && shared(one) > 0).toSorted((a, b) => shared(b) - shared(a));
    if (!best) return [];
    left.delete(best);
    return [{ from: old.template, to: best.template }];
  });
}

function isAlike(a: Turned, b: Turned): boolean {
  const [less, more] = [Math.min(a.rate, b.rate), Math.max(a.rate, b.rate)];
  return a.level === b.level && less > 0 && more <= mostRatio * less;
}
