import { usualAt, type Hours } from '../rates/hours.ts';
import type { Prediction } from '../rates/rates.ts';
import type { VolumeVerdict } from './judgeVolume.ts';

/** A group's traffic in a window beside what is usual: what a pattern's own change is weighed against. */
export interface Traffic {
  /** Events of the window, and what the same decayed rates expect that patterns have. */
  count: number;
  usual: number;
  /** Patterns of the group. */
  patterns: number;
  volume: VolumeVerdict;
}

/** Volume within these shares of the usual excuses what moves with it. */
const LEAST = 1 / 3;
const MOST = 3;
const LEAST_PATTERNS = 3;
/** Share of the traffic from which a pattern is the traffic. */
const DOMINANT = 0.8;

/**
 * What is expected of a pattern by what the others of its group do; null where that says nothing: the volume is out of all
 * bounds, there are too few patterns, or this one is most of the traffic.
 */
export function predictByShare(predicted: Prediction, count: number, { count: all, usual, patterns, volume }: Traffic): Prediction | null {
  const { ratio } = volume;
  if (patterns < LEAST_PATTERNS || ratio === null || ratio < LEAST || ratio > MOST || predicted.mean >= DOMINANT * usual) return null;
  return scaled(predicted, (all - count + 0.5) / (Math.max(0, usual - predicted.mean) + 0.5), all - count);
}

/**
 * What is expected of a pattern that does what the volume does, where the volume is a line of its own: what that explains
 * folds into its line. Null where it is none, or the pattern goes the other way.
 */
export function predictByVolume(predicted: Prediction, count: number, { volume, count: all }: Traffic): Prediction | null {
  const { ratio, state } = volume;
  if (state === 'steady' || ratio === null || count < predicted.mean !== ratio < 1) return null;
  return scaled(predicted, Math.max(ratio, 1e-3), all);
}

/** How much traffic the volume's own forecast expects in this window, beside what is usual over the day. */
export function loadFor({ mean }: Prediction, { usual, volume }: Traffic): number {
  if (volume.usual === null || volume.mean === null || volume.mean <= 0 || mean >= DOMINANT * usual) return 1;
  return Math.min(MOST, Math.max(LEAST, volume.usual / volume.mean));
}

const HOUR = 3_600_000;

/** A count in a window of which the share `exposure` was watched, and what is expected of a whole one: `mean` times `load`. */
interface AtHour {
  count: number;
  mean: number;
  load: number;
  exposure: number;
  index: number;
  windowMs: number;
}

/** The load of a pattern at this hour: what came at it both last times, today too, is neither more nor less than usual. */
export function loadAt(hours: Hours, { count, mean, load, exposure, index, windowMs }: AtHour): number {
  const expected = mean * load;
  const whole = count / exposure;
  let nearest = load;
  for (const { least, most } of usualAt(hours, (index + 0.5) * windowMs)) {
    const [low, high] = [(least * windowMs) / HOUR, (most * windowMs) / HOUR];
    if (count > expected && low > expected) nearest = Math.max(nearest, Math.min(count, low) / mean);
    else if (whole < expected && high < expected) nearest = Math.min(nearest, Math.max(whole, high) / mean);
  }
  return nearest;
}

/** The prediction for a load that is usual at this time: of what scatters over the day, that part is known. */
export function scaleTo({ mean, variance }: Prediction, load: number): Prediction {
  return load === 1 ? { mean, variance } : { mean: mean * load, variance: mean * load + Math.max(0, variance - mean) * load * load };
}

/** The prediction for `factor` times the traffic, which was seen in `events` events. */
function scaled({ mean, variance }: Prediction, factor: number, events: number): Prediction {
  const scaledMean = mean * factor;
  const beyond = Math.max(0, variance - mean) * factor * factor;
  return { mean: scaledMean, variance: scaledMean + beyond + (scaledMean * scaledMean) / Math.max(1, events) };
}
