import { CaducusError } from '../../errors.ts';
import { Guesser } from '../../guesses/guesser.ts';
import type { CliContext } from '../shared/context.ts';
import { readGuessSettings } from './guessSettings.ts';

/** Who asks a model as the configuration says; null where guesses are off, as they are where it says nothing. */
export function openGuesser({ io, dataDir, layered }: CliContext): Guesser | null {
  const { options } = readGuessSettings(layered);
  return options && new Guesser(options, { io, dataDir });
}

/** As `openGuesser`. Throws CAD015 where guesses are off. */
export function requireGuesser(context: CliContext): Guesser {
  const guesser = openGuesser(context);
  if (guesser) return guesser;
  throw new CaducusError('CAD015', { path: 'guesses' }, 'no model is configured', {
    hint: 'In .caducus/config.yml, such as:  guesses: { url: http://localhost:11434/v1, model: llama3.2 }   (docs/guesses.md)',
  });
}
