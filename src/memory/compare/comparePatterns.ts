import { toIso } from '../../event.ts';
import { levelAt, rankLevel } from '../judge/levelRank.ts';
import { rounded } from '../judge/rounded.ts';
import type { Traffic } from '../judge/share.ts';
import { MOVED } from '../judge/stateWord.ts';
import { addBits, computeScore } from '../ranking/salience.ts';
import { scoreNovelty, startNovelty, type NoveltyRate } from '../rates/novelty.ts';
import { numberUnits, slotName } from '../series/shiftBlip.ts';
import type { Template } from '../templates/templateIndex.ts';
import { gravestWord, scoreSeverity } from '../text/severity.ts';
import { makeLabel, makePattern } from '../topics/label.ts';
import { sideWindow, type ComparedGroup, type Sides, type Tally } from './comparedGroup.ts';
import type { ComparedPattern, ComparedState } from './comparisonResult.ts';
import { judgeNumbers, type NumberMove } from './judgeNumbers.ts';
import { judgeRate, lengthIn, predictAfter, windowsIn, type RateBits, type Stretch } from './judgeRate.ts';

const ERROR = rankLevel('ERROR');
/** Numbers that say how long something took, by the name of their slot. */
const isTime = /(?:ms|millis|secs?|seconds|duration|latency|elapsed|took|cost|time)$/i;

interface Seen {
  template: Template;
  tally: Sides<Tally>;
}

/** What one pattern of a group did; null where it did nothing. One row of how often it came, others of its numbers. */
interface Judged {
  id: string;
  differs: ComparedPattern | null;
}

/** The patterns of a group that were seen in the time `after`, held against the time `before`. */
export function comparePatterns(group: ComparedGroup, before: Stretch, after: Stretch): Judged[] {
  if (!isWatched(before) || !isWatched(after)) return group.patterns().map(({ template: { id } }) => ({ id, differs: null }));
  const seen = group.patterns();
  const novelty = measureNovelty(seen, before, after);
  return seen.flatMap((one): Judged[] => {
    const rate = describeRate(group, one, { before, after, novelty, patterns: seen.length });
    const moves = rate?.state === 'new' || rate?.state === 'gone' ? [] : describeNumbers(group, one);
    const { id } = one.template;
    const rows = rate ? [rate, ...moves] : moves;
    return rows.length > 0 ? rows.map((differs) => ({ id, differs })) : [{ id, differs: null }];
  });
}

const isWatched = ({ from, to }: Stretch): boolean => Number.isFinite(to - from);

/** How often something new came before: what comes new after is news only as far as that was rare. */
function measureNovelty(seen: readonly Seen[], before: Stretch, after: Stretch): NoveltyRate {
  const known = seen.filter(({ tally }) => tally.before.count > 0);
  const windows = windowsIn(before, after);
  const first = before.from + lengthIn(before) / windows;
  return {
    ...startNovelty(),
    founded: known.length,
    events: known.reduce((sum, { tally }) => sum + tally.before.count, 0),
    later: known.filter(({ tally }) => tally.before.bins.first >= first).length,
    windows: windows - 1,
  };
}

interface Around {
  before: Stretch;
  after: Stretch;
  novelty: NoveltyRate;
  patterns: number;
}

function describeRate(
  group: ComparedGroup,
  { template, tally }: Seen,
  { before, after, novelty, patterns }: Around,
): ComparedPattern | null {
  const expected = predictAfter(tally.before.bins, before, after);
  const isGrave = tally.after.level >= ERROR;
  const rate = judgeRate(tally.after.count, expected, weighTraffic(group, { before, after, patterns }), isGrave);
  const state = chooseState(tally, rate);
  if (state === null) return null;
  const isMore = state === 'new' || state === 'rising';
  const usual = tally.before.count * (lengthIn(after) / lengthIn(before));
  const bits = addBits({
    surprise: Math.max(rate.above, rate.below),
    burst: 0,
    novelty: state === 'new' ? scoreNovelty(novelty) : 0,
    severity: isMore ? severityBits(group, template, tally.after) : 0,
    together: 0,
  });
  return {
    ...describePattern(group, { template, tally }),
    state,
    level: levelAt(isMore ? tally.after.level : tally.before.level),
    before: tally.before.count,
    after: tally.after.count,
    usual: rounded(usual),
    times: usual === 0 ? null : rounded(tally.after.count / usual),
    bits,
    score: computeScore(bits.total),
    ...(rate.by === 'share' ? { by: 'share' as const } : {}),
  };
}

function chooseState({ before, after }: Sides<Tally>, { above, below }: RateBits): ComparedState | null {
  if (before.count === 0) return after.count > 0 ? 'new' : null;
  if (after.count === 0) return below >= MOVED ? 'gone' : null;
  return above >= MOVED ? 'rising' : below >= MOVED ? 'falling' : null;
}

/** The traffic of the group on the side after, beside what the side before lets expect. */
function weighTraffic({ all }: ComparedGroup, { before, after, patterns }: Omit<Around, 'novelty'>): Traffic {
  const usual = all.before.count * (lengthIn(after) / lengthIn(before));
  const ratio = usual > 0 ? all.after.count / usual : null;
  return { count: all.after.count, usual, patterns, volume: { bits: 0, usual, mean: usual, ratio, state: 'steady', level: null } };
}

function severityBits({ levels, all }: ComparedGroup, template: Template, { level }: Tally): number {
  const asGrave = levels.reduce((sum, many = 0, at) => sum + (at >= level ? many : 0), 0);
  return scoreSeverity(levelAt(level), gravestWord(template.texts.join(' ')), asGrave, all.before.count).bits;
}

/** What the numbers in its lines did. */
function describeNumbers(group: ComparedGroup, { template, tally }: Seen): ComparedPattern[] {
  const { series } = group.series.find(template, sideWindow.after) ?? {};
  return (series?.between(sideWindow.before, sideWindow.after) ?? []).flatMap(({ slot, kind, first, second }): ComparedPattern[] => {
    const move = judgeNumbers(first, second, kind);
    if (!move) return [];
    const name = slotName(template, slot, true);
    const bits = addBits({ surprise: move.bits, burst: 0, novelty: 0, severity: 0, together: 0 });
    return [
      {
        ...describePattern(group, { template, tally }),
        state: numberState(move, kind === 'duration' || isTime.test(name)),
        level: levelAt(tally.after.level),
        before: rounded(move.before),
        after: rounded(move.after),
        usual: rounded(move.before),
        times: rounded(move.factor),
        bits,
        score: computeScore(bits.total),
        numbers: { slot: name, quantile: move.quantile, unit: numberUnits[kind] },
      },
    ];
  });
}

const numberState = ({ factor }: NumberMove, isLength: boolean): ComparedState =>
  isLength ? (factor > 1 ? 'slower' : 'faster') : factor > 1 ? 'higher' : 'lower';

function describePattern({ group }: ComparedGroup, { template, tally: { before, after } }: Seen) {
  const line = after.line ?? before.line;
  const pattern = makePattern(template);
  return {
    template_id: template.id,
    group_id: group,
    label: makeLabel(template, pattern),
    pattern,
    first_seen: toIso(Math.min(before.bins.first, after.bins.first)),
    last_seen: toIso(Math.max(before.bins.last, after.bins.last)),
    example: line && { event_id: line.id, timestamp: line.timestamp, text: line.text },
  };
}
