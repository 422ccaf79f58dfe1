import { judgeGroupVolume, type VolumeFrame, type VolumeVerdict } from '../judge/judgeVolume.ts';
import { risesAsWhole } from '../judge/risesAsWhole.ts';
import type { Traffic } from '../judge/share.ts';
import { TREND } from '../patterns/pattern.ts';
import { predict } from '../rates/rates.ts';
import type { OpenWindow } from '../windows/window.ts';
import type { GroupState } from './groupState.ts';

/** The lines of a group in a window that closes, and those of the windows before it. */
export function volumeFrame(state: GroupState, window: OpenWindow, exposure: number): VolumeFrame {
  const start = state.findStart(window);
  const trend = [...state.baseline.trend.slice(1 - TREND), window.events];
  return {
    group: state.group,
    start,
    end: state.findEnd(window),
    count: window.events,
    exposure,
    trend: [...Array<number>(TREND - trend.length).fill(0), ...trend],
    first: state.firstEvent!,
    last: state.lastEvent!,
    total: state.events,
  };
}

/** How odd the volume is: as counted, and as it is reported. What one pattern floods the group with is reported of that pattern. */
export function judgeVolume(state: GroupState, window: OpenWindow, frame: VolumeFrame): { judged: VolumeVerdict; volume: VolumeVerdict } {
  const judged = judgeGroupVolume(state.baseline.volume, frame);
  const isFlood = judged.state === 'rising' && !risesAsWhole(state.patterns.all(), window, judged.ratio!);
  return { judged, volume: isFlood ? { ...judged, bits: 0, state: 'steady' } : judged };
}

/** What a pattern's share of the group is taken of; null before a group's rate is known. */
export function measureTraffic(state: GroupState, window: OpenWindow, exposure: number, volume: VolumeVerdict): Traffic | null {
  const predicted = predict(state.baseline.traffic, exposure);
  return predicted && { count: window.events, usual: predicted.mean, patterns: state.patterns.size, volume };
}
