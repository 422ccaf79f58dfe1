import { compileMatcher, type Matcher } from '../../base/pattern.ts';
import { rankLevel } from '../../memory/judge/levelRank.ts';
import type { Blip } from '../../signal.ts';
import type { When } from './options.ts';
import { readVolume } from './volumeCondition.ts';

/** As much of a pattern as a rule asks for. */
export type AskedBlip = Pick<Blip, 'state' | 'level' | 'score' | 'count' | 'group_id' | 'label' | 'exemplars' | 'why' | 'from' | 'volume'>;

/** One condition of a rule about patterns, as it can be asked and as it can be written. */
export interface Check {
  /** The option, as it is written in a file. */
  name: string;
  /** What the option wants. */
  wanted: string;
  /** What a pattern has in its place. */
  value(blip: AskedBlip): string;
  holds(blip: AskedBlip): boolean;
}

const any: Matcher = () => true;
const list = <T>(value: T | T[] | undefined): T[] | null => (value === undefined ? null : Array.isArray(value) ? value : [value]);

/** While a group is learned everything in it is new: then novelty is shown, and is no reason to wake anybody. */
export const isLearning = ({ why, state }: Pick<Blip, 'why' | 'state'>): boolean =>
  why.learning !== undefined && (state === 'new' || state === 'returning');

/**
 * The conditions of a rule about patterns, in the order in which they are asked; all must hold. A rule fires by these, and
 * what is reported of why it did not is these too. Patterns are in RE2 syntax and take time linear in the text.
 */
export function compileChecks({ state, minLevel, minScore, minCount, volume, group, pattern }: When): Check[] {
  const states = list(state);
  const checks: Check[] = [];
  if (volume !== undefined) {
    const { side, ratio } = readVolume(volume)!;
    const holds = ({ volume: now }: AskedBlip) => now !== undefined && (side === 'below' ? now < ratio : now > ratio);
    checks.push({ name: 'volume', wanted: volume, value: ({ volume: now }) => String(now ?? 'a pattern'), holds });
  }
  if (minScore !== undefined)
    checks.push({
      name: 'min_score',
      wanted: String(minScore),
      value: ({ score }) => String(score),
      holds: ({ score }) => score >= minScore,
    });
  if (minCount !== undefined)
    checks.push({
      name: 'min_count',
      wanted: String(minCount),
      value: ({ count }) => String(count),
      holds: ({ count }) => count >= minCount,
    });
  if (states !== null) {
    const known = new Set<string>(states);
    checks.push(
      { name: 'state', wanted: states.join(' or '), value: ({ state: now }) => now, holds: ({ state: now }) => known.has(now) },
      { name: 'warmup', wanted: 'over', value: (blip) => (isLearning(blip) ? 'learning' : 'over'), holds: (blip) => !isLearning(blip) },
    );
  }
  if (minLevel !== undefined) {
    const least = rankLevel(minLevel);
    const holds = ({ level }: AskedBlip) => rankLevel(level ?? undefined) >= least;
    checks.push({ name: 'min_level', wanted: minLevel.toLowerCase(), value: ({ level }) => level?.toLowerCase() ?? 'none', holds });
  }
  if (group !== undefined) {
    const matches = compileMatcher(group);
    // A pattern of many groups that share one memory is of the one that its first line came from, too.
    const holds = ({ group_id: id, from }: AskedBlip) => matches(id) || (from?.group !== undefined && matches(from.group));
    checks.push({ name: 'group', wanted: group, value: ({ group_id: id, from }) => from?.group ?? id, holds });
  }
  if (pattern !== undefined) {
    const matches = compileMatcher(pattern);
    const holds = ({ label, exemplars }: AskedBlip) => matches(label) || exemplars.some(({ text }) => matches(text));
    checks.push({ name: 'pattern', wanted: pattern, value: ({ label }) => label, holds });
  }
  return checks;
}

/** What a text must match; anything where nothing is asked. */
export const matcherOrAny = (written: string | undefined): Matcher => (written === undefined ? any : compileMatcher(written));
