import { waited } from '../../base/waiting.ts';
import type { Io } from '../../io.ts';
import type { Transport } from '../transport.ts';
import { OwnMessages } from './ownMessages.ts';
import { patience, Reading } from './reading.ts';

/** Bytes that are kept of all subjects, and how many of one may be unread here before its writer waits. */
export interface LoopLimits {
  kept: number;
  unread: number;
}

const limits: LoopLimits = { kept: 64 * 2 ** 20, unread: 4 * 2 ** 20 };

/**
 * The same engine, of which a process does not ask what it has written itself: that is the next message wherever it was
 * written under a fence. All is written as before, and what others write is read as before. Who writes much more than is read
 * here waits for a moment, so that it stays in memory.
 */
export function loopBack(transport: Transport, io: Pick<Io, 'sleep' | 'monotonic'>, { kept, unread }: LoopLimits = limits): Transport {
  const own = new OwnMessages(kept);
  const closing = new AbortController();
  return {
    append: async (subject, body, expected) => {
      const seq = await transport.append(subject, body, expected);
      if (expected === null) return seq;
      own.add({ subject, seq, body }, expected);
      if (own.unread(subject) > unread) await letRead(own, subject, unread, io);
      return seq;
    },
    last: (subject) => transport.last(subject),
    get: (seq) => transport.get(seq),
    read: async function* (subject, signal, after = 0) {
      const end = AbortSignal.any([signal, closing.signal]);
      yield* new Reading({ io, transport, subject, own: own.join(subject, after), signal: end }).messages();
    },
    purge: (subject, upTo) => transport.purge(subject, upTo),
    hold: (work, holder) => transport.hold(work, holder),
    release: (work, holder) => transport.release(work, holder),
    holders: () => transport.holders(),
    leases: () => transport.leases(),
    close: async () => {
      closing.abort();
      await transport.close();
    },
    ...(transport.remarks && { remarks: transport.remarks }),
    ...(transport.trouble && { trouble: () => transport.trouble!() }),
  };
}

/** Waits until no more than so many bytes of a subject are unread, or for a moment. */
async function letRead(own: OwnMessages, subject: string, most: number, io: Pick<Io, 'sleep'>): Promise<void> {
  const over = new AbortController();
  let isLate = false;
  const late = waited(io, patience, over.signal).then(() => void (isLate = true));
  while (!isLate && own.unread(subject) > most) await Promise.race([own.moved(subject), late]);
  over.abort();
}
