import { sanitize } from '../text/sanitize.ts';

/**
 * Pieces of Markdown that read well in GitHub, Jira and Slack alike. All that comes from outside stands in code: there
 * nothing is a link, a mention, a heading or markup. Not all of the three know a longer fence, or two backticks around one;
 * so a backtick in a code span, and three or more in a fence, are written as the look-alike U+02CB, and nothing gets out.
 */

/** Text from outside, within a line. */
export function code(text: string): string {
  const harmless = sanitize(text).replaceAll('`', 'ˋ').trim();
  return harmless === '' ? '' : `\`${harmless}\``;
}

/** Lines from outside, as they were. */
export const fence = (lines: readonly string[]): string[] => [
  '```text',
  ...lines.map((text) => sanitize(text).replace(/`{3,}/g, (ticks) => 'ˋ'.repeat(ticks.length))),
  '```',
];

/** An address that people left, where it leads somewhere and holds nothing that ends it; else as code. */
export const link = (address: string): string => (/^https?:\/\/[\w.~:/?#@!$&()*+,;=%-]+$/i.test(address) ? `<${address}>` : code(address));

export interface MarkdownColumn {
  head: string;
  align?: 'right';
}

/** A bar in a cell ends it, unless an odd number of backslashes stands before it: those that were there are doubled. */
const escapeBars = (cell: string): string => cell.replace(/(\\*)\|/g, '$1$1\\|');

/** A table, its cells already Markdown; none when there are no rows. */
export function markdownTable(columns: readonly MarkdownColumn[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeBars).join(' | ')} |`;
  return [line(columns.map(({ head }) => head)), `|${columns.map(({ align }) => (align ? '--:' : '---')).join('|')}|`, ...rows.map(line)];
}

/** Blocks one below the other, a blank line between them; empty ones are left out. */
export const blocks = (...all: readonly (readonly string[])[]): string[] =>
  all.filter((block) => block.length > 0).flatMap((block, i) => (i === 0 ? block : ['', ...block]));
