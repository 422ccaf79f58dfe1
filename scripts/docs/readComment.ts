import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stands in front of `export const NAME = define...(` in a TSDoc comment, its stars taken off; null without one. */
function commentIn(text: string, name: string): string | null {
  const at = new RegExp(`^export const ${name} = define\\w+\\(`, 'm').exec(text)?.index;
  if (at === undefined) return null;
  const before = text.slice(0, at).trimEnd();
  if (!before.endsWith('*/')) return null;
  const comment = before.slice(before.lastIndexOf('/**') + 3, -2);
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
}

/** An indented marble diagram becomes a fenced one, so that every page shows them alike. */
function fenced(comment: string): string {
  if (comment.includes('```')) return comment;
  return comment.replace(
    /(?:^|\n)((?: {4}.*(?:\n|$))+)/g,
    (_, block: string) => `\n\`\`\`text\n${block.replace(/^ {4}/gm, '').trimEnd()}\n\`\`\`\n`,
  );
}

/** The comment of an operator, source or sink, from the file in the folder that defines it; empty when it has none. */
export function readComment(folder: string, name: string): string {
  const own = join(folder, `${name}.ts`);
  const paths = existsSync(own)
    ? [own]
    : readdirSync(folder)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(folder, file));
  for (const path of paths) {
    const text = readFileSync(path, 'utf8');
    const exported = new RegExp(`^export const (\\w+) = define\\w+\\([^]*?name: '${name}'`, 'm').exec(text)?.[1] ?? name;
    const comment = commentIn(text, exported);
    if (comment !== null) return fenced(comment);
  }
  return '';
}
