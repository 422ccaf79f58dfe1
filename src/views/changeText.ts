import type { JsonObject } from '../event.ts';
import { duration } from './duration.ts';
import { objectAt, textAt } from './result.ts';
import { minute, msOf } from './time.ts';

/** `ingest v411 at 20:58Z, 6h 17m before`: the change a result names; '' when it names none. */
export function changeText(result: JsonObject, now: number, timeZone: string): string {
  const marker = objectAt(result, 'change');
  const at = msOf(textAt(marker, 'at'));
  return Number.isFinite(at) ? `${textAt(marker, 'text')} at ${minute(at, timeZone)}, ${duration(now - at)} before` : '';
}
