import { deserialize, serialize } from 'node:v8';
import type { Arrival } from '../../arrival.ts';
import { decodeSignals, encodeSignals, type EncodedSignals } from '../../kernel/encodeSignals.ts';
import { decodeBatch, encodeBatch, type EncodedBatch } from '../../run/partition/encodeBatch.ts';
import type { PartitionBatch, PartitionOutput } from '../../run/partition/partition.ts';
import type { Decision } from '../../findings/whyNot/decision.ts';
import type { Signal } from '../../signal.ts';
import { Remembered } from '../remembered.ts';

/**
 * What travels on an engine, as bytes. They are those of structured cloning, which says exactly what was there (numbers that
 * JSON has not, fields that are there and undefined), and which every release of Node since 16 reads and writes alike.
 */

interface EncodedArrival extends Omit<Arrival, 'records'> {
  records: EncodedSignals;
}

/** What leaves the desk. */
export interface Leaving {
  /** Newest event time, milliseconds; null before the first record. */
  newest: number | null;
  /** By sink, in the order of the file. What several take is the same to all of them. */
  sinks: readonly (readonly Signal[])[];
  /** What leaves the last operators but events and rejected records. What sinks take too travels once. */
  seen: readonly Signal[];
  /** What is decided by all that leaves them. */
  decisions: readonly Decision[];
}

/** What bytes that were made here say is known already. */
function codec<Value extends object>(write: (value: Value) => Uint8Array, read: (content: Uint8Array) => Value) {
  const made = new Remembered<Value>();
  return {
    encode: (value: Value): Uint8Array => made.remember(write(value), value),
    decode: (content: Uint8Array): Value => made.recall(content) ?? read(content),
  };
}

export const { encode: encodeArrivals, decode: decodeArrivals } = codec<readonly Arrival[]>(
  (arrivals) => serialize(arrivals.map(({ records, ...rest }): EncodedArrival => ({ ...rest, records: encodeSignals(records) }))),
  (content) =>
    (deserialize(content) as EncodedArrival[]).map(({ records, ...rest }) => ({ ...rest, records: decodeSignals(records) as Signal[] })),
);

export const { encode: encodeWork, decode: decodeWork } = codec<PartitionBatch>(
  (batch) => serialize(encodeBatch(batch)),
  (content) => decodeBatch(deserialize(content) as EncodedBatch),
);

export const { encode: encodeMade, decode: decodeMade } = codec<PartitionOutput>(
  serialize,
  (content) => deserialize(content) as PartitionOutput,
);

export const { encode: encodeLeaving, decode: decodeLeaving } = codec<Leaving>(serialize, (content) => deserialize(content) as Leaving);

/** A state, which is plain JSON. */
export const encodeState = (state: unknown): Uint8Array => Buffer.from(JSON.stringify(state));
export const decodeState = <Shape>(state: Uint8Array): Shape => JSON.parse(Buffer.from(state).toString()) as Shape;
