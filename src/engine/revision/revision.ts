import { decodeState, encodeState } from '../machines/messages.ts';
import { Stale, type Transport } from '../transport.ts';

/** A file, as a release works by it. */
export interface Work {
  /** What states and logs are made by: see `hashPipeline`. */
  made: string;
  release: string;
  partitions: number;
  /** When it was asked for or began, milliseconds since 1970, and who did. */
  at: number;
  by: string;
}

/** By which file and release the work on an engine is done. */
export interface Revision extends Work {
  /** From 1 on. Each has logs and states of its own: see `scopeTransport`. */
  number: number;
  /** What became of what was known when it began: a line each. */
  notes?: readonly string[];
  /** Who is to go on in its place, and with which number: each that is asked for has logs of its own, so that none meets another's. */
  next?: Asked & { number: number };
  /** Those whose logs may be there still: of revisions before it, and of what was asked for and never begun. */
  earlier?: readonly { number: number; partitions: number }[];
  /** Who was to, and why that could not be. */
  refused?: { made: string; why: string };
}

/** What is asked for. */
export type Asked = Work & { acceptChanges: boolean };

const subject = 'revision';
/** Revisions whose logs may have to be forgotten, at most: those before are long gone. */
const mostEarlier = 16;

/** The newest, with the number of its message; null before any has begun. */
export async function readRevision(transport: Pick<Transport, 'last'>): Promise<{ revision: Revision; seq: number } | null> {
  const last = await transport.last(subject);
  return last && { revision: decodeState<Revision>(last.body), seq: last.seq };
}

/** Begins with one where none has been begun; resolves to the one that work is done by. */
export async function beginRevision(transport: Transport, own: Work): Promise<Revision> {
  const known = await readRevision(transport);
  if (known) return known.revision;
  const first = { number: 1, ...own };
  return (await writeRevision(transport, first, 0)) ? first : beginRevision(transport, own);
}

/** Writes the next behind the one of that number; resolves to false where another is there already. */
export async function writeRevision(transport: Transport, revision: Revision, expected: number): Promise<boolean> {
  try {
    const seq = await transport.append(subject, encodeState(revision), expected);
    await transport.purge(subject, seq - 1);
    return true;
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    // Its own, of which it did not hear.
    const now = await readRevision(transport);
    return now !== null && encodeText(now.revision) === encodeText(revision);
  }
}

const encodeText = (revision: Revision): string => JSON.stringify(revision);

/** A revision in whose place another is to go on, whatever was asked for before. */
export function withNext({ next: before, ...revision }: Revision, asked: Asked): Revision {
  const next = { ...asked, number: (before?.number ?? revision.number) + 1 };
  return { ...revision, next, ...(before && { earlier: addEarlier(revision.earlier, before) }) };
}

export const addEarlier = (earlier: Revision['earlier'] = [], { number, partitions }: Pick<Revision, 'number' | 'partitions'>) =>
  [...earlier, { number, partitions }].slice(-mostEarlier);

/** Asks for a file to go on in place of the one that work is done by. Resolves to what it is to follow. */
export async function askForRevision(transport: Transport, next: Asked): Promise<Revision | null> {
  const known = await readRevision(transport);
  if (known === null) return null;
  const { refused: _, ...revision } = known.revision;
  return (await writeRevision(transport, withNext(revision, next), known.seq)) ? revision : askForRevision(transport, next);
}
