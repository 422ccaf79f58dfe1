import { CODE } from '../../src/memory/scan/shape.ts';
import type { Template } from '../../src/memory/templates/template.ts';

/**
 * Names the statement that printed a template's lines. Codes are constant by their class in a template (`status: 2xx`,
 * `status: 5xx`) on purpose, while labels of log data take any number as a value: templates that differ in a class only
 * are counted as one statement.
 */
export function toStatement({ id, kinds, hashes }: Template): string {
  if (!kinds.includes(CODE)) return id;
  return hashes.map((hash, i) => (kinds[i] === CODE ? 'code' : `${kinds[i]! > 0 ? 'v' : hash}`)).join(' ');
}
