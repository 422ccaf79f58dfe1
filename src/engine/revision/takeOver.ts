import { CaducusError } from '../../errors.ts';
import { CheckpointLog, type Maker } from '../checkpointLog.ts';
import { readTail } from '../readTail.ts';
import { arrivalsSubject, deskSubject, inSubject, outSubject, partitionName, wholeName } from '../roles/role.ts';
import { Superseded, type Transport } from '../transport.ts';
import { readPlace } from '../writer/sinkWriter.ts';
import { readRevision, writeRevision, type Revision, type Work } from './revision.ts';
import { scopeTransport } from './scopeTransport.ts';

/** What the states of a file become under another one. */
export interface Converted {
  sequencer: Uint8Array;
  desk: Uint8Array;
  partitions: readonly Uint8Array[];
  /** What became of what was known, a line each. */
  notes: readonly string[];
}

export interface TakeOverOptions {
  transport: Transport;
  own: Work;
  /** Throws CAD042 where the states cannot be gone on from. */
  convert(states: { whole: Uint8Array; sequencer: Uint8Array }, acceptChanges: boolean): Converted;
  now(): number;
}

/** What is waited for before another file can take over; `ready` for nothing. */
export type HandoverPhase = 'sources' | 'desk' | 'writer' | 'ready';

/** How far those who work by a revision are with letting it go. */
export async function readHandover(transport: Transport, { number }: Revision): Promise<HandoverPhase> {
  const before = scopeTransport(transport, number);
  if ((await readTail(before, arrivalsSubject)).flag !== 'revise') return 'sources';
  const desk = await readTail(before, deskSubject);
  if (desk.flag !== 'revise') return 'desk';
  return ((await readPlace(before))?.n ?? 0) < desk.n ? 'writer' : 'ready';
}

/**
 * Goes on with a file that was asked for, once those who work by the one before have let go of it: their whole state becomes
 * the first checkpoints of the next revision, then that one counts. It may be cut off anywhere, and done by several: they
 * write the same. Where the states do not fit, the file before goes on in the same way. Resolves to what is still waited for.
 */
export async function takeOver({ transport, own, convert, now }: TakeOverOptions): Promise<HandoverPhase> {
  const known = await readRevision(transport);
  if (known?.revision.next?.made !== own.made) return 'ready';
  const { revision, seq } = known;
  const { next, number, made } = revision;
  const phase = await readHandover(transport, revision);
  if (phase !== 'ready') return phase;
  const before = scopeTransport(transport, number);
  const load = async (name: string): Promise<Uint8Array> => {
    const found = await new CheckpointLog(before, name, { id: own.by, made, now }).load();
    if (!found) throw new CaducusError('CAD042', { path: name }, 'the engine has lost a checkpoint');
    // They are saved whole.
    return found.state[0]!;
  };
  const states = { whole: await load(wholeName), sequencer: await load('sequencer') };
  let converted: Converted;
  try {
    converted = convert(states, next!.acceptChanges);
  } catch (error) {
    if (!(error instanceof CaducusError)) throw error;
    const back = { made, release: revision.release, partitions: revision.partitions, at: now(), by: own.by, acceptChanges: false };
    await writeRevision(transport, { ...revision, next: back, refused: { made: own.made, why: error.message } }, seq);
    return 'ready';
  }
  const { notes, ...parts } = converted;
  const maker: Maker = { id: `${own.by} revision ${number + 1}`, made: own.made, now };
  try {
    await writeStates(scopeTransport(transport, number + 1), parts, maker);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
    // Another process does the same, or has done it.
    return 'ready';
  }
  const { refused } = revision;
  const begun = { ...own, at: now(), number: number + 1, notes, ...(refused && { refused }) };
  if (await writeRevision(transport, begun, seq)) await forgetLogs(before, revision.partitions);
  return 'ready';
}

async function writeStates(transport: Transport, { sequencer, desk, partitions }: Omit<Converted, 'notes'>, maker: Maker): Promise<void> {
  const all = [
    ['sequencer', sequencer] as const,
    ['desk', desk] as const,
    ...partitions.map((state, p) => [partitionName(p), state] as const),
  ];
  for (const [name, state] of all) {
    const log = new CheckpointLog(transport, name, maker);
    await log.load();
    await log.save({ n: 0, seq: 0, state });
  }
}

/** Nobody works by them any more; the newest message of each stays, behind which nobody can write. */
async function forgetLogs(transport: Transport, partitions: number): Promise<void> {
  const parts = Array.from({ length: partitions }, (_, p) => [inSubject(p), outSubject(p)]);
  for (const subject of [arrivalsSubject, deskSubject, ...parts.flat()]) {
    const last = await transport.last(subject);
    if (last) await transport.purge(subject, last.seq - 1);
  }
}
