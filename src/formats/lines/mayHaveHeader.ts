import { lettersEnd } from '../header/headerCursor.ts';
import { isLevelLetter, levelHint } from '../header/levelWord.ts';
import { skipBlanks } from '../header/words.ts';
import { isDigit, monthAt, weekdayAt } from '../time/stamp.ts';

/** Whether a message begins as headers do: with a digit, a sign, or a level. */
export function mayHaveHeader(text: string): boolean {
  const at = skipBlanks(text, 0);
  const code = text.charCodeAt(at);
  if (isDigit(code) || code === 91 || code === 60 || code === 40 || code === 35 || code === 37 || code === 64) return true;
  const end = lettersEnd(text, at);
  if (end - at === 1) return isLevelLetter(code);
  if (end === at) return false;
  // A level, klog's letter and date, or a month or a weekday.
  return (
    levelHint(text, at, end) !== 'none' ||
    monthAt(text, at) !== null ||
    weekdayAt(text, at) !== null ||
    ((code === 67 || code === 76) && /^(?:CEF|LEEF):/.test(text))
  );
}
