import type { Mask } from './kinds.ts';
import { maskFields } from './maskFields.ts';
import { maskCommands } from './maskCommands.ts';
import { maskProse } from './maskProse.ts';
import { maskTokens } from './maskTokens.ts';
import { mayHoldToken, mayNameSecret, suspicious } from './suspicion.ts';

/** A mask may uncover the edge of a secret that stood right behind another one; so many in a row are none. */
const mostRounds = 8;

const bearer = /bearer/i;

/** Masks credentials in a text. Masking what is masked already changes nothing. Time is linear in the text, whatever it holds. */
export const maskSecrets: Mask = (text, found) => {
  if (!suspicious(text)) return text;
  const named = mayNameSecret(text);
  const tokens = mayHoldToken(text) || (named && bearer.test(text));
  if (!named && !tokens) return text;
  // Words like `key` and `auth` are common, tokens are rare: what is looked for by a dozen patterns is not looked for in vain.
  const maskNamed: Mask = (given, count) => maskProse(maskCommands(maskFields(given, count), count), count);
  let masked = maskNamed(tokens ? maskTokens(text, found) : text, found);
  if (masked === text) return text;
  for (let round = 1; round < mostRounds; round += 1) {
    const next = maskNamed(maskTokens(masked, found), found);
    if (next === masked) break;
    masked = next;
  }
  return masked;
};
