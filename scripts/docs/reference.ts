import { listOptions } from '../../src/cli/commands/list.ts';
import { embedders } from '../../src/embedders/index.ts';
import { builtins } from '../../src/pipeline/builtins.ts';
import { readVerb, type Kind } from '../../src/pipeline/registry.ts';
import { readComment } from './readComment.ts';
import { heading, table } from './markdown.ts';

interface Documented {
  spec: { name: string; summary?: string; options: never; ports?: Record<string, unknown> };
}

const folders = { operator: 'operators', source: 'src/sources', sink: 'src/sinks', embedder: 'src/embedders' } as const;

/** The page of one kind: for each its summary, its comment with the marble diagram, its ports and its options. */
export function referencePage(kind: Kind | 'embedder', title: string): string {
  const entries = (kind === 'embedder' ? embedders : builtins[`${kind}s` as const]) as unknown as readonly Documented[];
  const writtenName = (name: string) => (kind === 'embedder' ? name : readVerb(kind, name));
  const parts = entries.map(({ spec }) => {
    const rows = listOptions(spec.options).map((o) => [
      `\`${o.name}\``,
      o.type,
      o.default === undefined ? '' : `\`${JSON.stringify(o.default)}\``,
      o.description,
    ]);
    const ports = Object.keys(spec.ports ?? {}).map((port) => `\`${writtenName(spec.name)}.${port}\``);
    return [
      `## ${writtenName(spec.name)}`,
      spec.summary ?? '',
      readComment(folders[kind], spec.name),
      ports.length > 0 ? `Ports: ${ports.join(', ')}` : '',
      rows.length > 0 ? table(['option', 'type', 'default', 'meaning'], rows) : 'No options.',
    ]
      .filter((part) => part !== '')
      .join('\n\n');
  });
  return `${heading(title)}\n${parts.join('\n\n')}\n`;
}
