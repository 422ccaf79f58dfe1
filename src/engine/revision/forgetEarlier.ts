import { closeCheckpoints, headSubject, readHead } from '../checkpointLog.ts';
import {
  arrivalsSubject,
  canariesSubject,
  deskSubject,
  inSubject,
  memoriesName,
  outSubject,
  partitionName,
  wholeName,
} from '../roles/role.ts';
import type { Transport } from '../transport.ts';
import type { Revision } from './revision.ts';
import { scopeTransport } from './scopeTransport.ts';

/**
 * Forgets what is on the engine of the revisions before one, once that one has a state of its own, behind what it was begun
 * with. The newest message of each of their logs stays, and a last checkpoint that nobody goes on from: behind those nobody
 * can write who has not heard that another revision has begun. Resolves to whether it is done; may be cut off, and done again.
 */
export async function forgetEarlier(transport: Transport, { number, earlier = [] }: Revision): Promise<boolean> {
  if (earlier.length === 0) return true;
  const head = await scopeTransport(transport, number).last(headSubject('desk'));
  if (head === null || readHead(head).n === 0) return false;
  for (const one of earlier) await forget(scopeTransport(transport, one.number), one.partitions);
  return true;
}

async function forget(transport: Transport, partitions: number): Promise<void> {
  const parts = Array.from({ length: partitions }, (_, p) => p);
  for (const subject of [arrivalsSubject, deskSubject, canariesSubject, ...parts.flatMap((p) => [inSubject(p), outSubject(p)])]) {
    const last = await transport.last(subject);
    if (last) await transport.purge(subject, last.seq - 1);
  }
  for (const name of ['sequencer', 'desk', wholeName, memoriesName, ...parts.map(partitionName)]) await closeCheckpoints(transport, name);
}
