import type { Json, JsonObject } from '../../event.ts';
import type { OptionClasses } from '../../kernel/optionChange.ts';
import type { SpikeOptions } from './options.ts';

/** What a series is made of, and how it is learned, is its shape. */
export const spikeChanges = {
  value: 'shape',
  bucket: 'shape',
  aggregate: 'shape',
  missing: 'shape',
  detector: 'shape',
  direction: 'threshold',
  threshold: 'threshold',
  warmup: 'threshold',
  memory: 'threshold',
  zone: 'shape',
  window: 'threshold',
  spikeMultiplier: 'threshold',
  minBaseline: 'threshold',
  quiet: 'threshold',
  clearAfter: 'threshold',
  hysteresis: 'threshold',
  severity: 'view',
  maxSeries: 'view',
} as const satisfies OptionClasses;

/** Whether its series are those of patterns, a point a window. */
export const readsBlips = ({ value }: SpikeOptions): boolean => value?.startsWith('blip.') === true;

/** A state for other series: it starts anew, and what is firing is resolved at that event time (milliseconds), for nobody looks at it any more. */
export function endAlarms(state: Json, time: number | null): Json {
  const { series, ending, ...rest } = state as JsonObject;
  const firing = (series as JsonObject[]).filter(({ alarm }) => alarm !== null).map((one) => ({ ...one, detector: null }));
  const over: Json[] = [...(((ending as JsonObject | undefined)?.series as Json[] | undefined) ?? []), ...firing];
  return { ...rest, open: null, series: [], ...(over.length > 0 && { ending: { at: time ?? 0, series: over } }) };
}

/** A state behind windows of another length: its points are learned anew, and what is firing stays until points of that length are calm. */
export function forgetPoints(state: Json): Json {
  const { series, ...rest } = state as JsonObject;
  const fresh = (series as JsonObject[]).map(({ counts: _, ...one }) => ({ ...one, detector: null, pending: null, empty: 0, trend: [] }));
  return { ...rest, open: null, series: fresh };
}
