import { decodeSignals, encodeSignals, listSignalBuffers, type EncodedSignals } from '../../kernel/encodeSignals.ts';
import type { PartitionBatch } from './partition.ts';

/** A batch as it travels between threads. */
export interface EncodedBatch extends Omit<PartitionBatch, 'signals'> {
  signals: EncodedSignals;
}

export const encodeBatch = ({ signals, ...rest }: PartitionBatch): EncodedBatch => ({ ...rest, signals: encodeSignals(signals) });
export const decodeBatch = ({ signals, ...rest }: EncodedBatch): PartitionBatch => ({ ...rest, signals: decodeSignals(signals) });

/** The buffers of a batch, which need not be copied. */
export const listBuffers = ({ records, before, signals }: EncodedBatch): ArrayBuffer[] => [
  records.buffer as ArrayBuffer,
  before.buffer as ArrayBuffer,
  ...listSignalBuffers(signals),
];
