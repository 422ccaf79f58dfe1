import { CheckpointLog } from '../checkpointLog.ts';
import { NumberedLog } from '../numberedLog.ts';
import { readLog } from '../readLog.ts';
import { inSubject, outSubject, partitionName, refuseLoss, type Role } from './role.ts';
import { workAgain } from './setBack.ts';

/** Some of the keys of an operator, as a pure machine. */
export interface PartitionMachine {
  /** Takes up a state: all of it, then what has changed since; null for a fresh start. */
  load(state: readonly Uint8Array[] | null): void;
  /** What it makes of a message, of that number. Throws `SetBack` where it has to be taken up again. */
  step(content: Uint8Array, n: number): Uint8Array;
  /** It was set back at the message of that number: a checkpoint in front of it is of use. Never where it is left out. */
  suspects?(n: number): boolean;
  /** All of its state, or what has changed of it since it was asked for last. */
  save(all: boolean): Uint8Array;
}

/**
 * Works on the log of a partition: the output of each message goes out under its number, a checkpoint now and then and at
 * last, until the signal aborts. Rejects with `Superseded` where another process does so as well.
 */
export function runPartition(partition: number, machine: PartitionMachine, role: Role): Promise<void> {
  return workAgain(() => workOnLog(partition, machine, role));
}

async function workOnLog(partition: number, machine: PartitionMachine, { transport, maker, signal, due }: Role): Promise<void> {
  const checkpoints = new CheckpointLog(transport, partitionName(partition), maker);
  const saved = await checkpoints.load();
  machine.load(saved?.state ?? null);
  let { n, seq } = saved ?? { n: 0, seq: 0 };
  const out = await NumberedLog.open(transport, outSubject(partition));
  // The state that was asked for is safe before the word that it is.
  if (saved?.gathered === true) await out.append(n, new Uint8Array(0), 'gather');
  refuseLoss(outSubject(partition), out.tail.n, n);
  let isSaved = true;
  const save = async (gathered: boolean) => {
    isSaved = true;
    const { needsAll } = checkpoints;
    const free = await checkpoints.save({ n, seq, state: machine.save(needsAll), gathered, isChange: !needsAll });
    await transport.purge(inSubject(partition), free);
  };
  for await (const message of readLog(transport, inSubject(partition), n, signal)) {
    if (!isSaved && machine.suspects?.(message.n)) await save(false);
    ({ n, seq } = message);
    if (message.flag === 'gather') {
      await save(true);
      await out.append(n, new Uint8Array(0), 'gather');
      continue;
    }
    isSaved = false;
    await out.append(n, machine.step(message.content, n));
    if (due(message.content.length)) await save(false);
  }
  if (!isSaved) await save(false);
}
