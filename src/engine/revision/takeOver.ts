import { CaducusError } from '../../errors.ts';
import { CheckpointLog, headSubject, type Maker } from '../checkpointLog.ts';
import { readTail } from '../readTail.ts';
import { arrivalsSubject, deskSubject, partitionName, wholeName } from '../roles/role.ts';
import { Superseded, type Transport } from '../transport.ts';
import { readPlace } from '../writer/sinkWriter.ts';
import { addEarlier, readRevision, withNext, writeRevision, type Revision, type Work } from './revision.ts';
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
  const next = revision.next!;
  const phase = await readHandover(transport, revision);
  if (phase !== 'ready') return phase;
  const before = scopeTransport(transport, revision.number);
  const load = async (name: string): Promise<Uint8Array> => {
    const found = await new CheckpointLog(before, name, { id: own.by, made: revision.made, now }).load();
    if (!found) throw new CaducusError('CAD042', { path: name }, 'the engine has lost a checkpoint');
    // They are saved whole.
    return found.state[0]!;
  };
  try {
    const states = { whole: await load(wholeName), sequencer: await load('sequencer') };
    let converted: Converted;
    try {
      converted = convert(states, next.acceptChanges);
    } catch (error) {
      if (!(error instanceof CaducusError)) throw error;
      const { made, release, partitions } = revision;
      const back = { made, release, partitions, at: now(), by: own.by, acceptChanges: false };
      await writeRevision(transport, { ...withNext(revision, back), refused: { made: own.made, why: error.message } }, seq);
      return 'ready';
    }
    const { notes, ...parts } = converted;
    await writeStates(scopeTransport(transport, next.number), parts, { id: `${own.by} revision ${next.number}`, made: own.made, now });
    const { refused, earlier } = revision;
    const begun = { ...own, at: now(), number: next.number, notes, earlier: addEarlier(earlier, revision), ...(refused && { refused }) };
    await writeRevision(transport, begun, seq);
  } catch (error) {
    // Another process does the same, or has done it.
    if (!(error instanceof Superseded)) throw error;
  }
  return 'ready';
}

/** The first checkpoints of a revision. Those that are there are of another process that does the same, or of who has begun already. */
async function writeStates(transport: Transport, { sequencer, desk, partitions }: Omit<Converted, 'notes'>, maker: Maker): Promise<void> {
  const all = [
    ['sequencer', sequencer] as const,
    ['desk', desk] as const,
    ...partitions.map((state, p) => [partitionName(p), state] as const),
  ];
  for (const [name, state] of all)
    if ((await transport.last(headSubject(name))) === null) await new CheckpointLog(transport, name, maker).save({ n: 0, seq: 0, state });
}
