import { embedders } from '../../src/embedders/index.ts';
import { heading } from './markdown.ts';
import { optionTable } from './optionTable.ts';
import { readComment } from './readComment.ts';

/** The page of embedders: for each its summary, its comment and its options. */
export function embeddersPage(): string {
  const parts = embedders.map(({ spec }) =>
    [`## ${spec.name}`, spec.summary ?? '', readComment('src/embedders', spec.name), optionTable(spec.options as never)]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  return `${heading('Embedders')}\n${parts.join('\n\n')}\n`;
}
