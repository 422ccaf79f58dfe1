import type { Header } from './header.ts';
import { isLevelLetter, keptLevel, levelHint } from './levelWord.ts';
import { isComponentName, isLocation } from './words.ts';

/** Blanks, single colons, commas, bars; and a slash behind a level (`ERROR/Worker-1`): other slashes are those of paths. */
const between = /(?<!:):(?!:)|[\s,|]+|(?<=\b(?:[A-Z]+|[a-z]{4,}))\/(?=[A-Z][\w-]*$|[A-Z][\w-]*[\s:])/;

/** `T8`, `12a`: numbered ones. */
const isThread = (word: string) => /^[A-Z]?\d/.test(word);

/**
 * What else stands in a bracket with the stamp: `[2024-05-01 10:00:00,123: ERROR/Worker-1]`, `[10:00:00 WRN]`,
 * `[2024-05-01T10:00:00Z ERROR app::db]`, `[7:8:0603/100000.1:ERROR:init.cc(90)]`.
 */
export function insideBracket(inside: string, header: Header): void {
  for (const raw of inside.split(between)) {
    const word = raw.replace(/^#/, '');
    if (word === '' || word === '-') continue;
    const letter = word.length === 1 && isLevelLetter(word.charCodeAt(0));
    if ((header.level === '' || header.priority) && (letter || levelHint(word, 0, word.length) !== 'none')) {
      header.level = keptLevel(word);
      header.priority = false;
    } else if (/^\d+$/.test(word)) header.pid ||= word;
    else if (isLocation(word) || word.includes('/')) header.other ||= word;
    else if (header.component === '' && isComponentName(word, 0, word.length)) header.component = word;
    else if (header.component === '' && header.thread === '' && /^[A-Za-z_]\w*$/.test(word) && !isThread(word)) header.component = word;
    else header.thread ||= word;
  }
}
