import { recordLine } from '../../base/recordText.ts';
import { fieldAt } from '../../../config/scalars.ts';
import type { Event } from '../../event.ts';

/** How events are written into one file or onto standard output. */
export interface TextForm {
  /** The line before the first event; empty without one. */
  head: string;
  line(event: Event): string;
}

/** One canonical record a line, as `ndjson` sources and any other tool read it. */
export const ndjsonForm: TextForm = { head: '', line: (event) => recordLine(event) };

export const csvFields = ['id', 'timestamp', 'source', 'group_id', 'metadata.level', 'text', 'metadata'];

/**
 * Comma-separated values as RFC 4180 has them, a header first; the names of columns are the last parts of their fields,
 * whole where two would be the same. What is no text is JSON, what is not there is empty.
 */
export function csvForm(fields: readonly string[]): TextForm {
  const short = fields.map((field) => field.split('.').at(-1)!);
  const names = fields.map((field, i) => (short.indexOf(short[i]!) === short.lastIndexOf(short[i]!) ? short[i]! : field));
  return { head: row(names), line: (event) => row(fields.map((field) => cell(fieldAt(event, field)))) };
}

const row = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\n`;

const quoted = (text: string) => (/[",\r\n]/.test(text) || /^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
