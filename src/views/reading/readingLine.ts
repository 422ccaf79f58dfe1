import type { Reading } from '../../formats/reading/readingTally.ts';

/** The parts of a record that a reader finds; the text is there always. */
const roles = ['time', 'level', 'group'] as const;
export type PartName = keyof Reading['by'];

/**
 * How an input was read, in one sentence: `Read as JSON lines, time=ts level=level group=service.`, or, where the parts stand
 * in front of a message, `Read as text lines: time, level, group, message.`
 */
export function readingLine(reading: Reading): string {
  const named = roles.flatMap((role) => {
    const path = mainPath(reading, role);
    return path === null || path === '' ? [] : [`${role}=${path}`];
  });
  const ahead = roles.filter((role) => mainPath(reading, role) === '');
  const fields = named.length > 0 ? `, ${named.join(' ')}` : '';
  const parts = ahead.length > 0 ? `: ${[...ahead, 'message'].join(', ')}` : '';
  const order = isTimeless(reading) ? ', no time: one window in order of arrival' : '';
  return `Read as ${kindText(reading)}${fields}${named.length > 0 ? '' : parts}${order}.`;
}

/** What the records look like: `JSON lines`, `JSON lines with plain text in between`. */
export function kindText({ kinds }: Reading): string {
  const [[main] = ['text lines'], ...rest] = kinds;
  const between = rest.map(([kind]) => (kind === 'text lines' ? 'plain text' : kind));
  return between.length > 0 ? `${main}, with ${between.join(' and ')} in between` : main;
}

/** The field that most records have a part from; `''` for what is in front of a message, null where none has the part. */
export const mainPath = ({ by }: Reading, part: PartName): string | null => by[part][0]?.[0] ?? null;

/** Whether no record had a time of its own. */
export const isTimeless = ({ records, untimed }: Reading): boolean => records > 0 && untimed === records;
