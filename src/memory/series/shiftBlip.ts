import { parseLevel, type Level } from '../../event.ts';
import type { Blip } from '../../signal.ts';
import { digest } from '../../base/digest.ts';
import { rounded } from '../judge/rounded.ts';
import { addBits, computeScore } from '../ranking/salience.ts';
import { CONST } from '../scan/shape.ts';
import type { Template } from '../templates/template.ts';
import type { MixShift } from './codeMix.ts';
import type { TemplateOdd, TemplateShift } from './groupSeries.ts';
import type { NumberKind } from './readNumber.ts';

/** Factors from which on a number that grew is a warning, and an error; one that shrank as much is a warning at most. */
const WARNS_FROM = 3;
const ERRS_FROM = 10;
const levelBits: Readonly<Partial<Record<Level, number>>> = { WARN: 3, ERROR: 6 };
/** No shift is worth more: beyond it lies only how steady the numbers were. */
const MOST_BITS = 24;

/** What a row of numbers says in place of its pattern's row. */
interface Move extends Pick<Blip, 'count' | 'usual' | 'state' | 'level' | 'why' | 'trend'> {
  /** Tells its id from those of other rows of the pattern. */
  key: string;
  text: string;
  surprise: number;
  measure: Omit<NonNullable<Blip['measure']>, 'of'>;
}

/** The row of what moved: `blip` is the row of its pattern in the same window, of which it has the rest. */
function moveBlip(blip: Blip, { key, text, surprise, level, measure, ...numbers }: Move): Blip {
  const severity = level === null ? 0 : (levelBits[level as Level] ?? 0);
  const bits = addBits({ surprise, burst: 0, novelty: 0, severity, together: 0 });
  const id = digest(`${blip.template_id}\n${key}`);
  const { together: _, merged: __, ...rest } = blip;
  return {
    ...rest,
    template_id: id,
    topic_id: id,
    // First what moved: a narrow screen cuts the end.
    label: `${text}: ${blip.label}`,
    pattern: `${text}: ${blip.pattern}`,
    ...numbers,
    level,
    score: computeScore(bits.total),
    bits,
    trend: padTrend(numbers.trend),
    measure: { of: blip.template_id, ...measure },
  };
}

const readLearning = ({ why }: Blip): Blip['why'] => (why.learning === undefined ? {} : { learning: why.learning });

/** The row of a shift: count and usual are the quantile as it is and as it was, and so is the trend. */
export function shiftBlip(blip: Blip, shift: TemplateShift, template: Template): Blip {
  const { quantile, now, usual, factor, kind } = shift;
  const slot = slotName(template, shift.slot, shift.several);
  return moveBlip(blip, {
    key: String(shift.slot),
    text: `${slot === '' ? '' : `${slot} `}${quantile} ${shown(usual, kind)} -> ${shown(now, kind)}`,
    surprise: Math.min(MOST_BITS, shift.bits),
    count: rounded(now),
    usual: rounded(usual),
    state: factor > 1 ? 'rising' : 'falling',
    level: shift.familiar ? null : levelOfShift(factor),
    why: {
      measure: quantile,
      slot,
      seen: rounded(now),
      expected: rounded(usual),
      factor: rounded(factor),
      values: shift.values,
      windows_of_history: rounded(shift.windows),
      ...readLearning(blip),
    },
    trend: shift.trend.map(rounded),
    measure: { slot, quantile, unit: numberUnits[kind] },
  });
}

/** The same for one instance whose numbers are not those of the others: `usual` is theirs. */
export function instanceBlip(blip: Blip, odd: TemplateOdd, template: Template): Blip {
  const { name, siblings, now, usual, kind, factor } = odd;
  const slot = slotName(template, odd.slot, odd.several);
  const { fields: _, ...rest } = blip;
  return moveBlip(rest, {
    key: `${odd.slot}\n${name}`,
    text: `${name}${slot === '' ? '' : ` ${slot}`} ${shown(now, kind)}, ${siblings} others ${shown(usual, kind)}`,
    surprise: Math.min(MOST_BITS, odd.bits),
    count: rounded(now),
    usual: rounded(usual),
    state: factor > 1 ? 'rising' : 'falling',
    level: levelOfShift(factor),
    why: {
      measure: 'p50',
      slot,
      instance: name,
      siblings,
      seen: rounded(now),
      expected: rounded(usual),
      factor: rounded(factor),
      values: rounded(odd.values),
      ...readLearning(blip),
    },
    trend: [rounded(now)],
    measure: { slot, quantile: 'p50', unit: numberUnits[kind], instance: name },
  });
}

/** The same for a code that came more often than its share: `429 0 -> 270`, where its class came no more often than ever. */
export function mixBlip(blip: Blip, { code, count, usual, before, bits: surprise }: MixShift): Blip {
  return moveBlip(blip, {
    key: code,
    text: `${code} ${rounded(usual)} -> ${count}`,
    surprise,
    count,
    usual,
    state: 'rising',
    level: blip.level,
    why: { measure: 'count', slot: code, seen: count, expected: usual },
    trend: [...before, count],
    measure: { slot: code, quantile: 'count', unit: null },
  });
}

/** Twelve numbers, the last of them the present one. */
const padTrend = (trend: readonly number[]): number[] => [...Array<number>(12).fill(0), ...trend].slice(-12);

/** The unit that values of a kind are in. */
export const numberUnits: Readonly<Record<NumberKind, string | null>> = { integer: null, decimal: null, duration: 'ms', size: 'bytes' };

function levelOfShift(factor: number): Level | null {
  const grave = factor >= ERRS_FROM ? 'ERROR' : factor >= WARNS_FROM ? 'WARN' : null;
  return factor >= 1 ? parseLevel(grave) : factor <= 1 / ERRS_FROM ? 'WARN' : null;
}

/** What a reader calls the slot, where there are several: its key, what is counted, or the word before it. */
export function slotName(template: Template, slot: string | number, several: boolean): string {
  if (typeof slot === 'string') return slot;
  const wordAt = (i: number) => (template.kinds[i] === CONST ? template.texts[i]! : '');
  if (!several) return '';
  if (/[=:]["']?\s?$/.test(template.glue[slot]!)) return wordAt(slot - 1);
  return (template.glue[slot + 1] === ' ' ? wordAt(slot + 1) : '') || wordAt(slot - 1);
}

const steps: readonly [number, string][] = [
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** Two or three digits with what a person reads beside them: `54 ms`, `1.2 s`, `12k`. */
function shown(value: number, kind: NumberKind): string {
  if (kind === 'duration' && Math.abs(value) >= 1000) return `${rounded(value / 1000)} s`;
  if (kind === 'duration') return `${rounded(value)} ms`;
  const step = Math.abs(value) < 1e4 ? undefined : steps.find(([least]) => Math.abs(value) >= least);
  return step ? `${rounded(value / step[0])}${step[1]}` : String(rounded(value));
}
