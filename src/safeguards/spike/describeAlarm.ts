import { rounded } from '../../memory/judge/rounded.ts';
import { toIso } from '../../event.ts';
import { makeFinding } from '../../findings/makeFinding.ts';
import type { SpikeResult } from '../../results/spikeResult.ts';
import type { FindingSignal, FindingState } from '../../signal.ts';
import type { SpikeOptions } from './options.ts';
import type { Point, Series } from './series.ts';

/** What is emitted of the alarm of a series at this point: everything that explains it. */
export function describeAlarm(key: string, series: Series, state: FindingState, point: Point, options: SpikeOptions): FindingSignal {
  const { id, since } = series.alarm!;
  const finding = makeFinding({
    id,
    rule: 'spike',
    type: 'spike',
    state,
    severity: options.severity,
    group: key,
    topic: series.topic ?? (series.id === '' ? null : series.id),
    template: series.topic === undefined ? null : series.id,
    title: series.label,
    since,
    updated: point.end,
    result: explainPoint(series, point, options),
  });
  return { kind: 'finding', time: point.end, key, finding };
}

/** The detector's own result stays whole in it, with what only that detector knows. */
function explainPoint(
  series: Series,
  { result, value, start, end, bits }: Point,
  { detector, value: field, clearAfter }: SpikeOptions,
): SpikeResult {
  const { since, clear, peak } = series.alarm!;
  return {
    ...result,
    detector,
    of: field ?? 'count',
    value,
    usual: result.baseline,
    ...(bits !== undefined && { chance_bits: rounded(bits) }),
    start: toIso(start),
    end: toIso(end),
    duration_ms: end - since,
    peak: { value: peak.value, score: peak.result.score, start: toIso(peak.start) },
    clear_windows: clear,
    clear_needed: clearAfter,
    trend: [...series.trend],
    trend_cell_ms: end - start,
  };
}
