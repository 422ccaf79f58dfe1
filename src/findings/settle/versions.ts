import { setNewest } from '../../base/evictOldest.ts';
import { fromSaved, toSaved } from '../../base/saved.ts';
import type { Event, Json } from '../../event.ts';
import { rankLevel } from '../../memory/judge/levelRank.ts';
import { logBeta } from '../../memory/rates/logBeta.ts';

/** Lines of one version of a group, and how many of them were errors. Plain data; times are milliseconds. */
interface Version {
  last: number;
  lines: number;
  errors: number;
}

/** What is known of the versions of a group. */
interface Running {
  first: number;
  current: string;
  versions: [string, Version][];
  /** Too many for one to be what was deployed: the field means something else. */
  isNone: boolean;
}

/** How the errors of what was deployed compare with those of what ran before. */
export interface VersionShares {
  version: string;
  errors: number;
  lines: number;
  before: { version: string; errors: number; lines: number };
}

/** Fields that name the version of a program that wrote a line. */
const fields = ['version', 'service.version', 'service_version', 'app_version', 'release', 'app.kubernetes.io/version', 'image_tag'];
const longest = 64;
/** A group must be known for so long before another version is a change of it; milliseconds. */
const leastKnown = 10 * 60_000;
/** A version that wrote nothing for so long has been replaced: its return is a change. */
const replacedAfter = 30 * 60_000;
/** More versions than this side by side are no versions. */
const mostAtOnce = 4;
const mostKept = 8;
const mostGroups = 10_000;
const errorRank = rankLevel('ERROR');
/** How unlikely the errors of a version must be, were it as the one before. */
const unlikely = Math.log(0.01);

/** The version a record names; null without one. */
export function readVersion({ metadata }: Event): string | null {
  for (const field of fields) {
    const value = Object.hasOwn(metadata, field) ? metadata[field] : undefined;
    if ((typeof value === 'string' && value !== '' && value.length <= longest) || typeof value === 'number') return String(value);
  }
  return null;
}

/** Which version of each group runs, by what its records say. */
export class Versions {
  readonly #groups = new Map<string, Running>();

  /** Takes a record. Returns the version it names when that is a change of its group, else null. */
  see(group: string, event: Event, time: number): string | null {
    const name = readVersion(event);
    if (name === null) return null;
    const known = this.#groups.get(group);
    const isError = rankLevel(event.metadata['level']) >= errorRank;
    if (!known) {
      setNewest(
        this.#groups,
        group,
        { first: time, current: name, versions: [[name, count(null, time, isError)]], isNone: false },
        mostGroups,
      );
      return null;
    }
    const at = known.versions.findIndex(([version]) => version === name);
    const before = at < 0 ? null : known.versions[at]![1];
    const isBack = before !== null && name !== known.current && time - before.last > replacedAfter;
    if (at >= 0) known.versions[at]![1] = count(isBack ? null : before, time, isError);
    else known.versions = [...known.versions, [name, count(null, time, isError)] as [string, Version]].slice(-mostKept);
    if (before !== null && !isBack) return null;
    const atOnce = known.versions.filter(([, { last }]) => time - last < replacedAfter).length;
    known.isNone ||= atOnce > mostAtOnce;
    known.current = name;
    return known.isNone || time - known.first < leastKnown ? null : name;
  }

  /** How a version of a group compares with what ran before; null where nothing did. */
  compare(group: string, version: string): VersionShares | null {
    const versions = this.#groups.get(group)?.versions ?? [];
    const mine = versions.find(([name]) => name === version)?.[1];
    const before = versions.filter(([name]) => name !== version).toSorted(([, a], [, b]) => b.last - a.last)[0];
    if (!mine || !before) return null;
    const [name, { errors, lines }] = before;
    return { version, errors: mine.errors, lines: mine.lines, before: { version: name, errors, lines } };
  }

  save(): Json {
    return toSaved([...this.#groups]);
  }

  load(json: Json): void {
    for (const [group, running] of fromSaved<[string, Running][]>(structuredClone(json))) this.#groups.set(group, running);
  }
}

const count = (before: Version | null, time: number, isError: boolean): Version => ({
  last: Math.max(before?.last ?? time, time),
  lines: (before?.lines ?? 0) + 1,
  errors: (before?.errors ?? 0) + Number(isError),
});

/** Whether a version has more errors for its lines than chance would give it, were it as the one before. */
export function isWorse({ errors, lines, before }: VersionShares): boolean {
  if (errors === 0) return false;
  const share = (before.errors + 0.5) / (before.lines + 1);
  return errors / lines > share && logBeta(share, errors, lines - errors + 1) < unlikely;
}
