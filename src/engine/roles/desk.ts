import { CheckpointLog, headSubject, readHead } from '../checkpointLog.ts';
import { NumberedLog } from '../numberedLog.ts';
import { readLog, type Numbered } from '../readLog.ts';
import { Superseded } from '../transport.ts';
import { arrivalsSubject, deskSubject, inSubject, outSubject, partitionName, refuseLoss, type Role } from './role.ts';

/** All that is in front of and behind the partitions, as a pure machine. */
export interface DeskMachine {
  /** Takes up a state; null for a fresh start. */
  load(state: Uint8Array | null): void;
  /** What each partition gets of a message of arrivals; none once it holds their states itself. */
  split(content: Uint8Array): readonly Uint8Array[];
  /** Puts together what they made of it: what leaves, null for nothing. */
  merge(content: Uint8Array, outputs: readonly Uint8Array[]): Uint8Array | null;
  /** Takes the states of the partitions: from now on it works by itself. */
  gather(states: readonly Uint8Array[]): void;
  /** The input is over: what leaves at last. */
  end(): Uint8Array;
  save(): Uint8Array;
}

const empty = new Uint8Array(0);

/**
 * Takes arrivals through the partitions and on to the log `desk`, under their numbers, until the end of the input or until
 * the signal aborts. What counts only for the time being is worked on here alone, behind the last checkpoint, so that
 * partitions never have to go back. Rejects with `Superseded` where another process does so as well.
 */
export async function runDesk(machine: DeskMachine, partitions: number, role: Role): Promise<void> {
  const desk = new Desk(machine, partitions, role);
  await desk.open();
  for await (const message of readLog(role.transport, arrivalsSubject, desk.n, role.signal)) {
    if (await desk.take(message)) return;
  }
}

class Desk {
  n = 0;
  #seq = 0;
  readonly #machine: DeskMachine;
  readonly #role: Role;
  readonly #partitions: readonly number[];
  readonly #checkpoints: CheckpointLog;
  #ins: NumberedLog[] = [];
  #outs: AsyncGenerator<Numbered>[] = [];
  #desk!: NumberedLog;
  /** The state behind the newest checkpoint. */
  #saved: Uint8Array | null = null;
  /** Numbers of the outputs that were taken last, now and at the newest checkpoint. */
  readonly #taken: number[];
  #takenBefore: readonly number[];
  /** What counts only for the time being has begun. */
  #isClosing = false;
  /** Messages since the newest checkpoint. */
  #unsaved = 0;

  constructor(machine: DeskMachine, partitions: number, role: Role) {
    this.#machine = machine;
    this.#role = role;
    this.#partitions = Array.from({ length: partitions }, (_, i) => i);
    this.#checkpoints = new CheckpointLog(role.transport, 'desk', role.maker);
    this.#taken = this.#partitions.map(() => 0);
    this.#takenBefore = [...this.#taken];
  }

  async open(): Promise<void> {
    const { transport, signal } = this.#role;
    const saved = await this.#checkpoints.load();
    this.#saved = saved?.state ?? null;
    this.#machine.load(this.#saved);
    ({ n: this.n, seq: this.#seq } = saved ?? { n: 0, seq: 0 });
    refuseLoss(arrivalsSubject, (await NumberedLog.open(transport, arrivalsSubject)).tail.n, this.n);
    this.#ins = await Promise.all(this.#partitions.map((p) => NumberedLog.open(transport, inSubject(p))));
    this.#outs = this.#partitions.map((p) => readLog(transport, outSubject(p), this.n, signal));
    this.#desk = await NumberedLog.open(transport, deskSubject);
  }

  /** Works on a message; true at the end of the input. */
  async take({ n, seq, flag, content }: Numbered): Promise<boolean> {
    if (flag === 'void') {
      this.#machine.load(this.#saved);
      this.#isClosing = false;
      [this.n, this.#seq] = [n, seq];
      await this.#desk.append(n, empty, 'void');
      await this.#save();
      return false;
    }
    if (flag !== '' && !this.#isClosing) await this.#close(n);
    [this.n, this.#seq] = [n, seq];
    if (flag === 'end') {
      await this.#desk.append(n, this.#machine.end(), 'end');
      return true;
    }
    const parts = this.#machine.split(content);
    await Promise.all(parts.map((part, p) => this.#ins[p]!.append(n, part)));
    const outputs = await Promise.all(parts.map((_, p) => this.#next(p, n)));
    if (outputs.includes(null)) return true;
    const out = this.#machine.merge(content, outputs as Uint8Array[]);
    if (out !== null) await this.#desk.append(n, out, flag);
    this.#unsaved += 1;
    // The sequencer waits for it: it may not fall behind by all that the sequencer may be ahead.
    const isDue = this.#role.due(content.length) || this.#unsaved * 2 >= this.#role.ahead;
    if (flag === '' && isDue) await this.#save();
    return false;
  }

  /** Behind the last message that counts for good: a checkpoint, then the partitions' states are asked for. */
  async #close(n: number): Promise<void> {
    const { transport, maker } = this.#role;
    await this.#save();
    this.#isClosing = true;
    await Promise.all(this.#ins.map((log) => log.append(n, empty, 'gather')));
    await Promise.all(this.#partitions.map((p) => this.#next(p, n)));
    const states = await Promise.all(this.#partitions.map((p) => new CheckpointLog(transport, partitionName(p), maker).load()));
    if (this.#role.signal.aborted) return;
    // A partition goes on only where another desk has gone on before.
    if (states.some((state) => state?.n !== n)) throw new Superseded('desk');
    this.#machine.gather(states.map((state) => state!.state));
  }

  /** What a partition made of a message; null where it is told to end before. */
  async #next(partition: number, n: number): Promise<Uint8Array | null> {
    for (;;) {
      const { done, value } = await this.#outs[partition]!.next();
      if (done) return null;
      // Of a desk that went another way before: only what was asked for counts.
      if (value.n < n) continue;
      if (value.n > n) throw new Superseded('desk');
      this.#taken[partition] = value.seq;
      return value.content;
    }
  }

  async #save(): Promise<void> {
    const { transport } = this.#role;
    this.#unsaved = 0;
    this.#saved = this.#machine.save();
    const free = await this.#checkpoints.save({ n: this.n, seq: this.#seq, state: this.#saved });
    // The sequencer reads the arrivals too, from its own checkpoint on.
    const sequencer = await transport.last(headSubject('sequencer'));
    await transport.purge(arrivalsSubject, Math.min(free, sequencer ? readHead(sequencer).seq : 0));
    await Promise.all(this.#partitions.map((p) => transport.purge(outSubject(p), this.#takenBefore[p]!)));
    this.#takenBefore = [...this.#taken];
  }
}
