import type { Mask } from './kinds.ts';
import { maskFields } from './maskFields.ts';
import { maskCommands } from './maskCommands.ts';
import { maskProse } from './maskProse.ts';
import { maskTokens } from './maskTokens.ts';
import { suspect } from './suspicion.ts';

/** A mask may uncover the edge of a secret that stood right behind another one; so many in a row are none. */
const mostRounds = 8;

const maskNamed: Mask = (text, found) => maskProse(maskCommands(maskFields(text, found), found), found);

/** Masks credentials in a text. Masking what is masked already changes nothing. Time is linear in the text, whatever it holds. */
export const maskSecrets: Mask = (text, found) => {
  let masked = text;
  for (let round = 0; round < mostRounds; round += 1) {
    const suspicion = suspect(masked);
    if (suspicion === null) break;
    // What is looked for by a dozen patterns is not looked for in vain.
    const next = maskNamed(suspicion.token ? maskTokens(masked, found) : masked, found);
    if (next === masked) break;
    masked = next;
  }
  return masked;
};
