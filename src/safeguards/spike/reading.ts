import { fieldReader } from '../../../config/scalars.ts';
import type { BlipSignal, EventSignal } from '../../signal.ts';

/** What a signal gives the spike detector. */
export interface Reading {
  series: string;
  /** Of a pattern the topic it is read as. */
  topic?: string | undefined;
  label: string;
  value: number;
  /** Bucket it belongs to, milliseconds; the end is exclusive. */
  start: number;
  end: number;
}

export type ReadSignal = (signal: EventSignal | BlipSignal) => Reading | 'not a number' | null;

/** Whether the series are counts, of which chance gives more or fewer by itself. */
export const isCount = (field: string | undefined): boolean => field === undefined || field === 'blip.count';

/**
 * How a signal is read: the count of events (1 each), a numeric field of events, or a field of closed blips (each a
 * bucket of its own length). null for signals that are not part of the series; 'not a number' for a field that is there
 * and cannot be used.
 */
export function compileReader(field: string | undefined, bucket: number | null): ReadSignal {
  if (field?.startsWith('blip.')) {
    const read = fieldReader(field.slice('blip.'.length));
    return (signal) => {
      // The volume of a group, and what its numbers have come to, are emitted only where they are odd: that is no series.
      if (signal.kind !== 'blip' || signal.blip.open || signal.blip.volume !== undefined || signal.blip.measure !== undefined) return null;
      const { blip } = signal;
      const value = read(blip);
      if (value === null || value === undefined) return null;
      if (typeof value !== 'number') return 'not a number';
      return {
        series: blip.template_id,
        topic: blip.topic_id,
        label: blip.label,
        value,
        start: Date.parse(blip.start),
        end: Date.parse(blip.end),
      };
    };
  }
  const read = field === undefined ? null : fieldReader(field);
  return (signal) => {
    if (signal.kind !== 'event') return null;
    const value = read ? readNumber(read(signal.event)) : 1;
    if (value === null) return null;
    if (!Number.isFinite(value)) return 'not a number';
    const start = bucket === null ? signal.time : Math.floor(signal.time / bucket) * bucket;
    return { series: '', label: field ?? 'events', value, start, end: start + (bucket ?? 0) };
  };
}

/** A number, or text that is one; null when there is none. */
function readNumber(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}
