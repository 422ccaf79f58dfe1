import { basename } from 'node:path';
import { CaducusError } from '../../errors.ts';
import type { Event } from '../../event.ts';
import { facetReader } from '../../memory/windows/facets.ts';
import type { Side } from '../../memory/compare/comparison.ts';
import { compileField } from '../../kernel/template/compileTemplate.ts';
import { matchesName } from '../../sources/file/glob.ts';
import { logicalPath } from '../../sources/file/rotation.ts';
import { sourceName } from '../input/readInput.ts';
import { timeArgument } from '../shared/timeArgument.ts';

const DAY = 86_400_000;

/** How two sides are told apart in one input: by when something came, or by what it has in a field. */
export interface ComparedSides {
  /** The side an event of that time, milliseconds, is of; null for neither. */
  choose(event: Event, time: number): Side | null;
  /** The time each side was watched, where that is said. */
  stretches?: Record<Side, { from: number; to: number }>;
}

/** A range of time as it is given: `02:00Z..03:00Z`, an end left out being that of what is there. */
const range = /^(.*)\.\.(.*)$/;
/** Names under which a group is asked for. */
const groupNames: ReadonlySet<string> = new Set(['group', 'group_id']);

export const isRange = (given: string): boolean => range.test(given);

/** Two times of one input. `first` and `last`: what there is, milliseconds. Throws CAD002 for what is no range, and for one that is empty. */
export function sidesByTime(given: Record<Side, string>, first: number, last: number): ComparedSides {
  const stretches = { before: parseRange(given.before, first, last), after: parseRange(given.after, first, last) };
  const within = ({ from, to }: { from: number; to: number }, time: number) => time >= from && time < to;
  return {
    stretches,
    choose: (_event, time) => (within(stretches.after, time) ? 'after' : within(stretches.before, time) ? 'before' : null),
  };
}

/** Two values of a field: a group, which may be given without its source, a version, a pod, a zone. */
export function sidesByField(field: string, given: Record<Side, string>): ComparedSides {
  const readFacet = facetReader(field);
  const readPath = compileField(groupNames.has(field) ? 'group_id' : field);
  // A version is one under whichever name a logger has for it.
  const readField = (event: Event) => (readFacet && readFacet(event.metadata)) ?? readPath(event);
  return {
    choose: (event) => {
      const value = readField(event);
      if (typeof value !== 'string') return null;
      const isIt = (wanted: string) => value === wanted || (groupNames.has(field) && value.endsWith(`:${wanted}`));
      return isIt(given.after) ? 'after' : isIt(given.before) ? 'before' : null;
    },
  };
}

/** Whether a comparison by that field is one of groups, which then have no group in common. */
export const isByGroup = (field: string): boolean => groupNames.has(field);

/** Tells the groups that are named after the files themselves: lines that name no part of a service have no other, and two files are compared. */
export function isGroupOfFile(paths: readonly string[]): (group: string) => boolean {
  const names = paths.map((path) => `${sourceName}:${path === '-' ? sourceName : basename(logicalPath(path))}`);
  return (group) => names.some((name) => matchesName(group, name));
}

function parseRange(given: string, first: number, last: number): { from: number; to: number } {
  const [, from = '', to = ''] = range.exec(given) ?? [];
  const stretch = {
    from: from === '' ? first : timeArgument(from, '--by time', last),
    to: to === '' ? last + 1 : timeArgument(to, '--by time', last),
  };
  // A time of day is the last one there is; of an end it is the one behind the beginning, which may lie behind what there is.
  if (/^\d\d:\d\d/.test(to) && stretch.to <= stretch.from && stretch.to + DAY > stretch.from) stretch.to += DAY;
  if (range.test(given) && stretch.from < stretch.to) return stretch;
  throw new CaducusError('CAD002', { path: '--by time' }, `"${given}" is no range of time`, {
    hint: 'Give its two ends, such as 02:00Z..03:00Z, or -2h..-1h; one that is left out is that of what there is.',
  });
}
