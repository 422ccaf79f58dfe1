import type { JsonObject } from '../../event.ts';
import { isoOf } from '../../event.ts';
import type { Finding, FindingSignal, FindingState } from '../../signal.ts';
import type { SpikeOptions } from './options.ts';
import type { Point, Series } from './series.ts';

/** What is told of the alarm of a series at this point: everything that explains it. */
export function findingOf(key: string, series: Series, state: FindingState, point: Point, options: SpikeOptions): FindingSignal {
  const { id, since } = series.alarm!;
  const finding: Finding = {
    id,
    rule: 'spike',
    type: 'spike',
    state,
    severity: options.severity,
    group_id: key,
    ...(series.id === '' ? {} : { topic_id: series.id }),
    title: series.label,
    since: isoOf(since),
    updated: isoOf(point.end),
    result: resultOf(series, point, options),
  };
  return { kind: 'finding', time: point.end, key, finding };
}

function resultOf(series: Series, { result, value, start, end }: Point, { detector, value: field, clearAfter }: SpikeOptions): JsonObject {
  const { since, clear, peak } = series.alarm!;
  return {
    ...result,
    detector,
    of: field ?? 'count',
    value,
    usual: result.baseline,
    start: isoOf(start),
    end: isoOf(end),
    duration_ms: end - since,
    peak: { value: peak.value, score: peak.result.score, start: isoOf(peak.start) },
    clear_windows: clear,
    clear_needed: clearAfter,
    trend: [...series.trend],
    trend_cell_ms: end - start,
  } as unknown as JsonObject;
}
