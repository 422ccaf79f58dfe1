import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CaducusError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { packageRoot } from '../../pipeline/shipped.ts';
import type { DrawnSheet, Sheet } from '../../web/api/sheet.ts';

/** Where the drawings are: built beside the program, and as sources where the program runs from sources. */
const built = ['dist', 'sheet', 'sheet.js'] as const;
const sources = ['src', 'web', 'page', 'sheet.ts'] as const;

/**
 * A page of its own with the drawings of the radar's page: one file that asks for nothing and runs nothing, says so in its
 * policy, is light or dark as who reads it likes, and can be printed. Throws CAD010 where the drawings are not built.
 */
export async function sheetPage(sheet: Sheet, io: Io): Promise<string> {
  const path = join(await packageRoot(io), ...(import.meta.url.endsWith('.ts') ? sources : built));
  if (!(await io.files.stat(path)))
    throw new CaducusError('CAD010', { file: path }, 'the drawings are not built', {
      hint: 'npm run build makes them; --format markdown needs none.',
    });
  const address = pathToFileURL(path).href;
  const { drawSheet } = (await import(address)) as { drawSheet(sheet: Sheet): DrawnSheet };
  return writePage(drawSheet(sheet));
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Only this style holds: its digest is in the policy, so that nothing in the page can bring another. */
export function writePage({ title, style, body }: DrawnSheet): string {
  const digest = createHash('sha256').update(style).digest('base64');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
