import { deserialize, serialize } from 'node:v8';
import { decodeSignals, encodeSignals, type EncodedSignals } from '../../kernel/encodeSignals.ts';
import type { Signal } from '../../signal.ts';
import type { SourceBatch } from '../../sources/source.ts';
import { decodeState, encodeState } from '../machines/messages.ts';
import { Stale, type Transport } from '../transport.ts';

/** The log of what one reader of a source was given, until it has its number among the arrivals. */
export const offeredSubject = (source: string, reader: string): string => `offered.${source}.${reader}`;
const readersSubject = (source: string): string => `readers.${source}`;

interface EncodedOffer extends Omit<SourceBatch, 'records'> {
  records: EncodedSignals;
}

export const encodeOffer = ({ records, ...rest }: SourceBatch): Uint8Array =>
  serialize({ ...rest, records: encodeSignals(records) } satisfies EncodedOffer);

export function decodeOffer(content: Uint8Array): SourceBatch {
  const { records, ...rest } = deserialize(content) as EncodedOffer;
  return { ...rest, records: decodeSignals(records) as Signal[] };
}

/** Names of the readers that a source ever had, in the order in which they came. */
export async function listReaders(transport: Pick<Transport, 'last'>, source: string): Promise<string[]> {
  const last = await transport.last(readersSubject(source));
  return last ? decodeState<string[]>(last.body) : [];
}

/** Makes a reader known to who gives what it offers its number. */
export async function addReader(transport: Transport, source: string, reader: string): Promise<void> {
  const subject = readersSubject(source);
  for (;;) {
    const last = await transport.last(subject);
    const known = last ? decodeState<string[]>(last.body) : [];
    if (known.includes(reader)) return;
    try {
      const seq = await transport.append(subject, encodeState([...known, reader]), last?.seq ?? 0);
      await transport.purge(subject, seq - 1);
      return;
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
    }
  }
}
