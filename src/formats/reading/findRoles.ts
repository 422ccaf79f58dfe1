import { parseLevel } from '../../event.ts';
import type { Draft } from '../format.ts';
import { plainName, usualNames, type Role } from '../json/fieldNames.ts';
import { StampClock, type StampOptions } from '../time/stampClock.ts';
import { timeValue } from '../time/timeValue.ts';
import type { Leaf } from './leaves.ts';

/** Paths of the fields that gave a record its parts; null where none of them did, as where they stood in front of a text. */
export interface FoundRoles {
  time: string | null;
  level: string | null;
  group: string | null;
  text: string | null;
}

/**
 * Which field gave which part, by comparing what is in the fields with what came out; of several that fit the one with the
 * most usual name. It needs to know nothing of the reader.
 */
export function findRoles(draft: Draft, fields: readonly Leaf[], options: StampOptions): FoundRoles {
  const { time, text, metadata, logicalId, groupId } = draft;
  const clock = new StampClock(options, time);
  const level = parseLevel(metadata['level']);
  const group = groupId ?? logicalId;
  return {
    time: pick('timestamp', fields, ({ value }) => typeof value !== 'boolean' && timeValue(value, clock) === time),
    level: level === null ? null : pick('level', fields, ({ path, value }) => isLevel(path, value, level)),
    group: group === undefined ? null : pick('component', fields, ({ value }) => value === group),
    text: pick('text', fields, ({ value }) => typeof value === 'string' && holds(value, text)),
  };
}

/** Whether a field gave a text: itself, without a header that stood in it, or with lines joined to it. */
function holds(value: string, text: string): boolean {
  const given = value.trimEnd();
  return given !== '' && (given.endsWith(text) || text.startsWith(`${given}\n`));
}

/** A number may be a level by any scale, so its name must say that it is one. */
function isLevel(path: string, value: Leaf['value'], level: string): boolean {
  const known = rankCandidate('level', path) < usualNames.level.length;
  return typeof value === 'number' || /^\d+$/.test(String(value)) ? known : parseLevel(value) === level;
}

function pick(role: Exclude<Role, 'id'>, fields: readonly Leaf[], fits: (leaf: Leaf) => boolean): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const leaf of fields) {
    const rank = rankCandidate(role, leaf.path);
    if (rank >= least || !fits(leaf)) continue;
    [best, least] = [leaf.path, rank];
  }
  return best;
}

/** How usual a name is for a role; names that are not come last, in their order. */
function rankCandidate(role: Exclude<Role, 'id'>, path: string): number {
  const names = usualNames[role];
  const ranks = [path, path.slice(path.lastIndexOf('.') + 1)].map((name) => names.indexOf(plainName(name))).filter((rank) => rank >= 0);
  return ranks.length === 0 ? names.length : Math.min(...ranks);
}
