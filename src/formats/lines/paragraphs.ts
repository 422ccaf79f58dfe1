import { wordEnd } from '../header/words.ts';

/**
 * The word that each paragraph of a stream begins with and no other line does (`API:`, `** Alert 17...`, `LABEL:`): then a
 * paragraph is one record. '' when it has none: the word must end in a sign, since prose and stamps do not, and stand at the
 * beginning of two paragraphs of several lines at least, and of all of them.
 * @param lines the first lines of the stream, blank ones among them
 */
export function paragraphHead(lines: readonly string[]): string {
  const first = lines.find((line) => line.trim() !== '') ?? '';
  const head = first.slice(0, wordEnd(first, 0));
  if (head.length === first.length || head.length > 40 || !/^[A-Za-z*=#%+~-][^\s{}[\]()"]*[:*=#%+~-]$/.test(head)) return '';
  let before = '';
  let heads = 0;
  let bodies = 0;
  for (const line of lines) {
    const blank = line.trim() === '';
    const begins = !blank && before.trim() === '';
    if (begins !== opensParagraph(line, head)) return '';
    if (begins) heads += 1;
    // A second line.
    if (!blank && opensParagraph(before, head)) bodies += 1;
    before = line;
  }
  return heads > 1 && bodies >= heads - 1 ? head : '';
}

/** Whether a line begins with the word, and a blank behind it. */
export const opensParagraph = (line: string, head: string): boolean => line.startsWith(head) && line.charCodeAt(head.length) === 32;
