import type { Mask } from './kinds.ts';
import { maskFields } from './maskFields.ts';
import { maskTokens } from './maskTokens.ts';
import { suspicious } from './suspicion.ts';

/** Masks credentials in a text. Masking what is masked already changes nothing. Time is linear in the text, whatever it holds. */
export const maskSecrets: Mask = (text, found) => (suspicious(text) ? maskFields(maskTokens(text, found), found) : text);
