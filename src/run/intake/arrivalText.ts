import { isNewer, recordText } from '../../base/recordText.ts';
import type { Arrival } from '../../arrival.ts';

/** An arrival as one line of JSON: only what is not as usual. */
export function writeArrival({ at, source, records, given, position, watermark, left, clock, ended }: Arrival): string {
  return recordText({
    at,
    ...(source !== null && { source }),
    ...(records.length > 0 && { records }),
    ...(position !== undefined && { position }),
    ...(watermark !== undefined && { watermark }),
    ...(left > 0 && { left }),
    ...(given !== records.length && { given }),
    ...(clock !== undefined && { clock }),
    ...(ended === true && { ended }),
  });
}

/** The arrival that was written so; null when the line is damaged. */
export function readArrival(line: string): Arrival | null {
  try {
    const parsed = JSON.parse(line) as Partial<Arrival> & { schema?: number };
    const { at, source = null, records = [], given = records.length, left = 0, schema: _, ...rest } = parsed;
    return typeof at === 'number' && !isNewer(parsed) ? { at, source, records, given, left, ...rest } : null;
  } catch {
    return null;
  }
}
