import { isObject } from '../../base/isObject.ts';
import type { JsonObject } from '../../event.ts';
import { setOwn } from '../json/setOwn.ts';
import { readText } from './message.ts';

/** Labels as senders write them: an object, or `service:cart,env:prod` as a text or a list; null for anything else. */
export function readLabels(value: unknown): JsonObject | null {
  if (isObject(value)) return value;
  const pairs = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [];
  const labels: JsonObject = {};
  for (const pair of pairs) {
    const found = typeof pair === 'string' ? /^\s*([\w./-]+):\s*(\S.*?)\s*$/.exec(pair) : null;
    if (found) setOwn(labels, found[1]!, found[2]!);
  }
  return Object.keys(labels).length === 0 ? null : labels;
}

/** The first of some labels that says something. */
export const findLabel = (labels: JsonObject, names: readonly string[]): string | null =>
  names.map((name) => (Object.hasOwn(labels, name) ? readText(labels[name]) : null)).find((value) => value !== null) ?? null;
