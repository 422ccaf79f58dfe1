import { digest } from '../../base/digest.ts';
import { recordText } from '../../base/recordText.ts';
import type { JsonObject } from '../../event.ts';
import type { Signal } from '../../signal.ts';
import { makeRecord } from '../makeRecord.ts';

/** A record on its way to a receiver that keeps records. Plain JSON: what waits is part of the checkpoint. */
export interface Parcel extends JsonObject {
  /** The same for the same record of the same pipeline, whoever sends it again. */
  id: string;
  kind: string;
  /** Event time, milliseconds since 1970. */
  time: number;
  /** What `ndjson` writes of it. */
  record: JsonObject;
}

/** @param sender what tells records apart that are the same: pipeline and sink */
export function makeParcel(signal: Signal, sender: string): Parcel {
  const text = recordText(makeRecord(signal));
  return { id: digest(`${sender}\0${text}`, 24), kind: signal.kind, time: signal.time, record: JSON.parse(text) as JsonObject };
}
