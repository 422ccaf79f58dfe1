import { CheckpointLog, headSubject, readHead, type CheckpointToSave } from '../checkpointLog.ts';
import { NumberedLog } from '../numberedLog.ts';
import { readLog, type Numbered } from '../readLog.ts';
import { Superseded } from '../transport.ts';
import {
  arrivalsSubject,
  deskSubject,
  inSubject,
  memoriesName,
  outSubject,
  partitionName,
  refuseLoss,
  wholeName,
  type Role,
} from './role.ts';
import { workAgain } from './setBack.ts';

/** All that is in front of and behind the partitions, as a pure machine. */
export interface DeskMachine {
  /** Takes up a state; null for a fresh start. */
  load(state: Uint8Array | null): void;
  /**
   * What each partition gets of a message of arrivals, of that number; none where they have nothing to do with it. Several may
   * be ahead of `merge`.
   */
  split(content: Uint8Array, n: number): readonly Uint8Array[];
  /**
   * Puts together what they made of the first message that was split and not merged: what leaves, null for nothing. Throws
   * `SetBack` where it has to be taken up again.
   */
  merge(outputs: readonly Uint8Array[]): Uint8Array | null;
  /** Takes the states of the partitions, each all of it and then what has changed since: from now on it works by itself, and `split` gives nothing. */
  gather(states: readonly (readonly Uint8Array[])[]): void;
  /** What its memories hold, once it has gathered them; null where it has none. */
  memories(): Uint8Array | null;
  /** The input is over: what leaves at last. */
  end(): Uint8Array;
  /** Its state, with those of the partitions once it has gathered them; all that was split has been merged. */
  save(): Uint8Array;
  /** It was set back at the message of that number: a checkpoint in front of it is of use. Never where it is left out. */
  suspects?(n: number): boolean;
}

const empty = new Uint8Array(0);
/** Messages that partitions may be at work on at a time. */
const mostUnderWay = 4;

/**
 * Takes arrivals through the partitions and on to the log `desk`, under their numbers, until the signal aborts. What counts
 * only for the time being is worked on here alone, behind the last checkpoint, so that partitions never have to go back.
 * Rejects with `Superseded` where another process does so as well.
 */
export function runDesk(machine: DeskMachine, partitions: number, role: Role): Promise<void> {
  return workAgain(() => workOnArrivals(machine, partitions, role));
}

async function workOnArrivals(machine: DeskMachine, partitions: number, role: Role): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([role.signal, failed.signal]);
  const desk = new Desk(machine, partitions, { ...role, signal }, (error) => failed.abort(error));
  await desk.open();
  for await (const message of readLog(role.transport, arrivalsSubject, desk.n, signal)) await desk.take(message);
  if (failed.signal.aborted) throw failed.signal.reason;
  await desk.leave();
}

class Desk {
  /** Number of the last message that was merged. */
  n = 0;
  #seq = 0;
  readonly #machine: DeskMachine;
  readonly #role: Role;
  readonly #fail: (error: unknown) => void;
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
  /** What came since the newest checkpoint, and whether it is enough. */
  #unsaved = { messages: 0, bytes: 0 };
  #isDue = false;
  /** Messages that were split and are not merged: each resolves when it is. */
  readonly #underWay: Promise<void>[] = [];
  /** All that follows from what was taken is done, a checkpoint that was due included. */
  #done: Promise<void> = Promise.resolve();

  constructor(machine: DeskMachine, partitions: number, role: Role, fail: (error: unknown) => void) {
    this.#machine = machine;
    this.#role = role;
    this.#fail = fail;
    this.#partitions = Array.from({ length: partitions }, (_, i) => i);
    this.#checkpoints = new CheckpointLog(role.transport, 'desk', role.maker);
    this.#taken = this.#partitions.map(() => 0);
    this.#takenBefore = [...this.#taken];
  }

  async open(): Promise<void> {
    const { transport, signal } = this.#role;
    const saved = await this.#checkpoints.load();
    this.#saved = saved?.state[0] ?? null;
    this.#machine.load(this.#saved);
    ({ n: this.n, seq: this.#seq } = saved ?? { n: 0, seq: 0 });
    refuseLoss(arrivalsSubject, (await NumberedLog.open(transport, arrivalsSubject)).tail.n, this.n);
    this.#ins = await Promise.all(this.#partitions.map((p) => NumberedLog.open(transport, inSubject(p))));
    this.#outs = this.#partitions.map((p) => readLog(transport, outSubject(p), this.n, signal));
    this.#desk = await NumberedLog.open(transport, deskSubject);
  }

  /** Works on a message, or begins to. */
  async take(message: Numbered): Promise<void> {
    const { n, seq, flag, content } = message;
    const isSuspect = this.#machine.suspects?.(n) === true;
    if (this.#isClosing || flag !== '' || this.#isDue || isSuspect) await this.#done;
    if (this.#underWay.length >= mostUnderWay) await this.#underWay[0];
    if (this.#role.signal.aborted) return;
    if (flag === 'void') return this.#void(n, seq);
    if (flag === 'revise') return this.#handOver(n, seq);
    if (flag !== '' && !this.#isClosing) await this.#close(n);
    if (this.#role.signal.aborted) return;
    if (flag === 'end') return this.#end(n, seq);
    if (isSuspect && !this.#isClosing && this.#unsaved.messages > 0) await this.#save();
    const parts = this.#machine.split(content, n);
    const handed = Promise.all(parts.map((part, p) => this.#ins[p]!.append(n, part)));
    // It is under way from here on: no checkpoint is taken while it waits to be handed out.
    this.#done = Promise.all([this.#done, handed]).then(() => this.#merge(message, parts.length));
    this.#underWay.push(this.#done);
    this.#done.catch(this.#fail);
    await handed;
  }

  /** What stays when no more is read: a checkpoint, where nothing is under way. */
  async leave(): Promise<void> {
    await this.#done;
    if (this.#underWay.length === 0 && !this.#isClosing && this.#unsaved.messages > 0) await this.#save();
  }

  async #merge({ n, seq, flag, content }: Numbered, parts: number): Promise<void> {
    const outputs = await Promise.all(this.#partitions.slice(0, parts).map((p) => this.#next(p, n)));
    // It is told to end: the message, and those behind it, stay under way.
    if (outputs.includes(null) || this.#role.signal.aborted) return;
    const out = this.#machine.merge(outputs as Uint8Array[]);
    [this.n, this.#seq] = [n, seq];
    if (out !== null) await this.#desk.append(n, out, flag);
    this.#underWay.shift();
    if (flag !== '') return;
    const { ahead, due } = this.#role;
    this.#unsaved.messages += 1;
    this.#unsaved.bytes += content.length;
    // The sequencer waits for it: it may not fall behind by all that the sequencer may be ahead.
    const isBehind = this.#unsaved.messages * 2 >= ahead.messages || this.#unsaved.bytes * 2 >= ahead.bytes;
    if (due(content.length) || isBehind) this.#isDue = true;
    if (this.#isDue && this.#underWay.length === 0) await this.#save();
  }

  async #void(n: number, seq: number): Promise<void> {
    this.#machine.load(this.#saved);
    this.#isClosing = false;
    [this.n, this.#seq] = [n, seq];
    await this.#desk.append(n, empty, 'void');
    await this.#save();
  }

  /** Another file is to go on: all that is known here and in the partitions becomes one state. */
  async #handOver(n: number, seq: number): Promise<void> {
    await this.#close(n);
    if (this.#role.signal.aborted) return;
    await this.#keep(wholeName, { n, seq, state: this.#machine.save() });
    await this.#desk.append(n, empty, 'revise');
  }

  /** The input is over: who explains it looks into the memories as they are before they close. */
  async #end(n: number, seq: number): Promise<void> {
    const state = this.#machine.memories();
    if (state) await this.#keep(memoriesName, { n, seq, state });
    await this.#desk.append(n, this.#machine.end(), 'end');
  }

  /** Keeps a state under a name of its own, beside its checkpoints. */
  async #keep(name: string, saved: CheckpointToSave): Promise<void> {
    const log = new CheckpointLog(this.#role.transport, name, this.#role.maker);
    await log.load();
    await log.save(saved);
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
    this.#unsaved = { messages: 0, bytes: 0 };
    this.#isDue = false;
    this.#saved = this.#machine.save();
    const taken = [...this.#taken];
    const free = await this.#checkpoints.save({ n: this.n, seq: this.#seq, state: this.#saved });
    // The sequencer reads the arrivals too, from its own checkpoint on.
    const sequencer = await transport.last(headSubject('sequencer'));
    await transport.purge(arrivalsSubject, Math.min(free, sequencer ? readHead(sequencer).seq : 0));
    await Promise.all(this.#partitions.map((p) => transport.purge(outSubject(p), this.#takenBefore[p]!)));
    this.#takenBefore = taken;
  }
}
