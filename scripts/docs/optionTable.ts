import { listOptions } from '../../src/cli/commands/list.ts';
import { table } from './markdown.ts';

/** Every option of a component: name, type, default, meaning. */
export function optionTable(options: never): string {
  const rows = listOptions(options).map((o) => [
    `\`${o.name}\``,
    o.type,
    o.default === undefined ? '' : `\`${JSON.stringify(o.default)}\``,
    o.description,
  ]);
  return rows.length > 0 ? table(['option', 'type', 'default', 'meaning'], rows) : 'No options.';
}
