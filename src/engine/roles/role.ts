import { CaducusError } from '../../errors.ts';
import type { Maker } from '../checkpointLog.ts';
import type { Transport } from '../transport.ts';

/** What every piece of work is given. */
export interface Role {
  transport: Transport;
  maker: Maker;
  /** Ends it, between two messages. */
  signal: AbortSignal;
  /** Whether a checkpoint is due after one more message of that size; bytes. */
  due(bytes: number): boolean;
  /** What may lie between the desk's checkpoint and the newest arrival: messages, 2 at least, and bytes of them. The same for all. */
  ahead: { messages: number; bytes: number };
}

export const arrivalsSubject = 'arrivals';
export const deskSubject = 'desk';
/** Canaries that have come through. */
export const canariesSubject = 'canaries';
export const inSubject = (partition: number): string => `in.${partition}`;
export const outSubject = (partition: number): string => `out.${partition}`;
/** The state of all together, when another file is to go on. */
export const wholeName = 'whole';
/** What memories hold when the input has ended. */
export const memoriesName = 'memories';
export const partitionName = (partition: number): string => `p${partition}`;

/** Throws CAD042 where a log ends before what a checkpoint has worked on: no writer may go on from there. */
export function refuseLoss(subject: string, tail: number, needed: number): void {
  if (tail >= needed) return;
  throw new CaducusError('CAD042', { path: subject }, `the engine has lost messages that it had acknowledged: ${tail + 1} to ${needed}`, {
    hint: 'After a power cut a server with one replica may have: start anew under another name, or remove the stream.',
  });
}
