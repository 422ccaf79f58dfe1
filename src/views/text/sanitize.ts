/**
 * What makes a terminal do things, or hides or reorders what is read: controls, format characters (bidirectional marks,
 * zero widths, tags), line separators, halves of characters, private use, fillers. An emoji's variation selector may stay.
 */
const harmful = /(?!\ufe0f)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;

/** More marks than a script needs on one letter: they pile up over other lines. */
const piled = /(\p{M}{3})\p{M}+/gu;

/** Longer text is never shown on a line; it is cut before it costs anything. */
const longest = 2000;

function visible(character: string): string {
  if (character === '\t') return ' ';
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/**
 * Text as it may go to a terminal: one line, nothing that moves the cursor, sets a title, hides or turns around what is
 * read. What was there stays visible, written out (`\x1b[31m`), since it is evidence.
 */
export function sanitize(text: string): string {
  const bounded = text.length > longest ? text.slice(0, longest) : text;
  return bounded.replace(harmful, visible).replace(piled, '$1');
}
