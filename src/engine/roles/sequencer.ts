import { CheckpointLog, headSubject, readHead } from '../checkpointLog.ts';
import type { Flag } from '../envelope.ts';
import { NumberedLog } from '../numberedLog.ts';
import { readLog } from '../readLog.ts';
import { Superseded } from '../transport.ts';
import { arrivalsSubject, refuseLoss, type Role } from './role.ts';

/** What a feed gives at a time. */
export interface Given {
  content: Uint8Array;
  flag: Extract<Flag, '' | 'provisional' | 'end'>;
}

/** What comes in at the sources. */
export interface Feed {
  /** Stands where it stood; null for a fresh start. */
  load(state: Uint8Array | null): void;
  /** What an earlier owner has appended behind that. */
  replay(content: Uint8Array): void;
  /** What comes, from there on. The next is asked for once this one is appended. */
  messages(signal: AbortSignal): AsyncIterable<Given>;
  /** Where it stands behind what was appended. */
  save(): Uint8Array;
  /** All that was appended is safe: the sources may know. */
  commit(): Promise<void>;
}

export interface SequencerOptions extends Role {
  /** Waits while what was appended is too far ahead of what was worked on. */
  pause(): Promise<void>;
  /** Aborted when another file is to go on: nothing more is read, and the log is closed. Never where it is left out. */
  revise?: AbortSignal;
}

const empty = new Uint8Array(0);

/**
 * Gives all that comes its number, in one order, until the input is over or the signal aborts. Rejects with `Superseded`
 * where another process does so as well.
 */
export async function runSequencer(
  feed: Feed,
  { transport, maker, signal, due, pause, ahead: limit, revise }: SequencerOptions,
): Promise<void> {
  const checkpoints = new CheckpointLog(transport, 'sequencer', maker);
  const saved = await checkpoints.load();
  feed.load(saved?.state[0] ?? null);
  const log = await NumberedLog.open(transport, arrivalsSubject, maker.id);
  refuseLoss(arrivalsSubject, log.tail.n, saved?.n ?? 0);
  let { n } = log.tail;
  await replay(feed, transport, saved?.n ?? 0, log, signal);
  if (signal.aborted) return;
  // What was given only for the time being is given again.
  const takeBack = async () => {
    if (log.tail.flag === 'provisional' || log.tail.flag === 'end') await log.append((n += 1), empty, 'void');
  };
  const ahead = new Ahead(limit);
  let isSaved = true;
  const save = async () => {
    isSaved = true;
    await checkpoints.save({ n, seq: log.tail.seq, state: feed.save() });
  };
  if (log.tail.flag === 'revise') return save();
  await takeBack();
  for await (const message of feed.messages(signal)) {
    // The desk takes no checkpoint behind what counts only for the time being.
    while (message.flag === '' && ahead.isFar(n) && !signal.aborted) {
      const head = await transport.last(headSubject('desk'));
      ahead.work(head ? readHead(head).n : 0);
      if (ahead.isFar(n)) await pause();
    }
    if (signal.aborted && message.flag === 'end') return;
    isSaved = message.flag !== '';
    await log.append((n += 1), message.content, message.flag);
    if (message.flag !== '') continue;
    ahead.add(n, message.content.length);
    await feed.commit();
    if (due(message.content.length)) await save();
  }
  if (revise?.aborted && !signal.aborted) {
    const { flag } = log.tail;
    await takeBack();
    await log.append((n += 1), empty, 'revise');
    // The feed has gone on with what was taken back: who comes next knows where it really stands.
    if (flag === 'provisional' || flag === 'end') throw new Superseded('sequencer');
    isSaved = false;
  }
  if (!isSaved) await save();
}

/** How far what was appended is ahead of what was worked on. */
class Ahead {
  readonly #limit: Role['ahead'];
  #worked = 0;
  /** Sizes of what this process has appended since. */
  #sizes: { n: number; bytes: number }[] = [];
  #bytes = 0;

  constructor(limit: Role['ahead']) {
    this.#limit = limit;
  }

  isFar(n: number): boolean {
    return n - this.#worked >= this.#limit.messages || this.#bytes >= this.#limit.bytes;
  }

  add(n: number, bytes: number): void {
    this.#sizes.push({ n, bytes });
    this.#bytes += bytes;
  }

  /** All up to that number was worked on. */
  work(n: number): void {
    this.#worked = n;
    this.#sizes = this.#sizes.filter((one) => one.n > n);
    this.#bytes = this.#sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

/** Takes the feed to the end of what is there, but for what counts only for the time being. */
async function replay(feed: Feed, transport: Role['transport'], from: number, log: NumberedLog, signal: AbortSignal): Promise<void> {
  const { n: last, seq } = log.tail;
  if (last <= from) return;
  for await (const { flag, content } of readLog(transport, arrivalsSubject, from, signal, seq)) if (flag === '') feed.replay(content);
}
