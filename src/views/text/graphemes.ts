import { eastAsianWidth } from 'get-east-asian-width';

/** Made when first needed: its tables take longer to load than most commands take to run. */
let segmenter: Intl.Segmenter | undefined;

/** Letters as a reader counts them: an accent or a joined emoji is part of the one it belongs to. */
export function splitGraphemes(text: string): string[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** What a terminal draws nothing for: controls, marks without a letter, characters that only join or direct others. */
const invisible = /^[\p{Cc}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}]+$/u;
/** Drawn as a picture: by itself, or because a selector behind it asks for one. */
const picture = /^\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u;

/** Columns of one grapheme, 0 to 2 (Unicode Standard Annex 11). */
export function graphemeWidth(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  if (picture.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0)!);
}
