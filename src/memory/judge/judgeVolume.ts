import { toIso, type Level } from '../../event.ts';
import type { Blip, RateState } from '../../signal.ts';
import { addBits, computeScore } from '../ranking/salience.ts';
import { judgeVolume as weigh, type Volume } from '../rates/volume.ts';
import { rounded } from './rounded.ts';
import { MOVED } from './stateWord.ts';

/** Shares of the usual volume below which a group is in trouble, and in grave trouble. */
const WARNING = 1 / 3;
const GRAVE = 1 / 10;
/** Bits of those levels, and the least that grave trouble has: a score of 60. */
const WARNING_BITS = 3;
const GRAVE_BITS = 6;
const LEAST_GRAVE = 13.3;

/** What the volume of a group did in one window. */
export interface VolumeVerdict {
  bits: number;
  usual: number | null;
  /** What is usual over the day. */
  mean: number | null;
  /** Of the usual; null while nothing is known. */
  ratio: number | null;
  state: RateState;
  level: Level | null;
}

/** What a window of a group is, for its volume. Times in milliseconds. */
export interface VolumeFrame {
  group: string;
  start: number;
  end: number;
  count: number;
  /** Share of the window that was watched. */
  exposure: number;
  trend: readonly number[];
  first: number;
  last: number;
  total: number;
}

/** Judges a closed window's volume; half a window says too little. */
export function judgeGroupVolume(volume: Volume, { count, start, exposure }: VolumeFrame): VolumeVerdict {
  const { bits, usual, mean, ratio } =
    exposure < 0.5 ? { bits: 0, usual: null, mean: null, ratio: null } : weigh(volume, count / exposure, start);
  const low = bits >= MOVED && ratio !== null && ratio < 1;
  const state: RateState = bits < MOVED || ratio === null ? 'steady' : ratio > 1 ? 'rising' : count === 0 ? 'gone' : 'falling';
  return { bits, usual, mean, ratio, state, level: !low ? null : ratio < GRAVE ? 'ERROR' : ratio < WARNING ? 'WARN' : null };
}

/** The volume's line: its ids are the group's, and `volume` says which part of the usual came. */
export function makeVolumeBlip({ bits: surprise, usual, ratio, state, level }: VolumeVerdict, frame: VolumeFrame): Blip {
  const { group, start, end, count, trend, first, last, total } = frame;
  const severity = level === 'ERROR' ? Math.max(GRAVE_BITS, LEAST_GRAVE - surprise) : level === 'WARN' ? WARNING_BITS : 0;
  const bits = addBits({ surprise, burst: 0, novelty: 0, severity, together: 0 });
  return {
    template_id: group,
    topic_id: group,
    group_id: group,
    label: 'volume',
    pattern: 'all lines of the group',
    volume: rounded(ratio ?? 1),
    start: toIso(start),
    end: toIso(end),
    open: false,
    count,
    usual: usual === null ? null : rounded(usual),
    state,
    level,
    score: computeScore(bits.total),
    bits,
    why: { seen: count, expected: usual === null ? null : rounded(usual), volume: rounded(ratio ?? 1), level },
    trend: [...trend],
    templates: 1,
    first_seen: toIso(first),
    last_seen: toIso(last),
    total,
    weight: 1,
    tier: 'hot',
    temporal: 'known',
    exemplars: [],
    slots: [],
  };
}
