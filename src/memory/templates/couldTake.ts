import { CONST } from '../scan/shape.ts';
import type { Template } from './template.ts';

/** Share of a template's words, at least, that must be constant: `<*> <*> failed` takes nearly anything. */
const MOSTLY = 0.5;

/**
 * Whether a line is one that the template could have been founded on, whatever its tokens are called by now: what is
 * constant in it stands in the line, in that order, and is most of it.
 */
export function couldTake({ texts, kinds }: Pick<Template, 'texts' | 'kinds'>, line: string): boolean {
  let at = 0;
  let constants = 0;
  for (let i = 0; i < texts.length; i++) {
    if (kinds[i]! > CONST) continue;
    const found = line.indexOf(texts[i]!, at);
    if (found < 0) return false;
    at = found + texts[i]!.length;
    constants += 1;
  }
  return constants > 0 && constants >= texts.length * MOSTLY;
}
