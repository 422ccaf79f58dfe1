import { parseLevel, type Level } from '../../event.ts';

/** Index behind the letters at `at`, of any alphabet; at most sixteen. */
function wordStop(text: string, at: number): number {
  let end = at;
  while (end < at + 16) {
    const code = text.charCodeAt(end);
    const letter = (code | 32) >= 97 && (code | 32) <= 122;
    // Wide signs of punctuation end a word as a colon does.
    if (!letter && (code < 128 || code === 0xff1a || code === 0x3010 || code === 0x3011 || Number.isNaN(code))) break;
    end += 1;
  }
  return end;
}

/**
 * The level at `at` that is written with other letters than those of ASCII (`ОШИБКА`, `エラー`, `错误`, `BŁĄD`), and the index behind
 * it; null when there is none.
 */
export function foreignLevelAt(text: string, at: number): { level: Level; end: number } | null {
  const end = wordStop(text, at);
  if (end === at || end - at > 14) return null;
  const word = text.slice(at, end);
  // Most words end here: they have no such letter.
  if (!/[^\u0000-\u007f]/.test(word)) return null;
  const level = parseLevel(word);
  return level === null ? null : { level, end };
}
