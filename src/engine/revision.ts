import { decodeState, encodeState } from './machines/messages.ts';
import { Stale, type Transport } from './transport.ts';

/** By which file and release the work on an engine is done. */
export interface Revision {
  /** From 1 on. */
  number: number;
  /** What states and logs are made by: see `hashPipeline`. */
  made: string;
  release: string;
  partitions: number;
  /** When it began, milliseconds since 1970, and the process that began it. */
  at: number;
  by: string;
}

const subject = 'revision';

/** The one that work is done by; null before any has begun. */
export async function readRevision(transport: Pick<Transport, 'last'>): Promise<Revision | null> {
  const last = await transport.last(subject);
  return last && decodeState<Revision>(last.body);
}

/** Begins with one where none has been begun; resolves to the one that work is done by. */
export async function beginRevision(transport: Transport, own: Omit<Revision, 'number'>): Promise<Revision> {
  const known = await readRevision(transport);
  if (known) return known;
  const first = { number: 1, ...own };
  try {
    await transport.append(subject, encodeState(first), 0);
    return first;
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    return beginRevision(transport, own);
  }
}
