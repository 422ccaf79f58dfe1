import type { Mask } from './kinds.ts';
import { maskFields } from './maskFields.ts';
import { maskTokens } from './maskTokens.ts';
import { suspicious } from './suspicion.ts';

/** A mask may uncover the edge of a secret that stood right behind another one; so many in a row are none. */
const mostRounds = 8;

/** Masks credentials in a text. Masking what is masked already changes nothing. Time is linear in the text, whatever it holds. */
export const maskSecrets: Mask = (text, found) => {
  if (!suspicious(text)) return text;
  let masked = text;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = maskFields(maskTokens(masked, found), found);
    if (next === masked) break;
    masked = next;
  }
  return masked;
};
