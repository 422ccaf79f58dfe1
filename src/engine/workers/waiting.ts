import type { Lease, Transport } from '../transport.ts';

/** A process that has another file, release or number of parts than the work is done by, and waits. */
export interface WaitingProcess {
  id: string;
  made: string;
  release: string;
  partitions: number;
}

/** Not among those that pieces of work are shared out to. */
const prefix = 'waiting.';

/** Says that a process waits, and what it has; to be said again before the hold lapses. */
export const holdWaiting = (transport: Pick<Transport, 'hold'>, process: WaitingProcess): Promise<boolean> =>
  transport.hold(prefix + process.id, encode(process));

export const releaseWaiting = (transport: Pick<Transport, 'release'>, process: WaitingProcess): Promise<void> =>
  transport.release(prefix + process.id, encode(process));

/** Those that wait, with how long they count as such unless they are heard of, milliseconds. */
export const listWaiting = (leases: ReadonlyMap<string, Lease>): (WaitingProcess & { left: number })[] =>
  [...leases].flatMap(([work, { holder, left }]) =>
    work.startsWith(prefix) && left > 0 ? [{ ...(JSON.parse(holder) as WaitingProcess), left }] : [],
  );

const encode = ({ id, made, release, partitions }: WaitingProcess): string => JSON.stringify({ id, made, release, partitions });
