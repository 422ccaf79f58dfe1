import { Stale, type Message, type Transport } from '../../../src/engine/transport.ts';

/** Something of a process that waits to be done. */
export interface Pending {
  process: string;
  isReady(): boolean;
  go(): void;
}

/**
 * The logs of an engine in memory. `step`: what processes ask of it waits until a schedule lets it be done, or never does;
 * else it is done as soon as it can be.
 */
export class MemoryEngine {
  readonly messages: Message[] = [];
  pending: Pending[] = [];
  /** Who holds what. Holds lapse only where a test lets them. */
  readonly holds = new Map<string, string>();
  /** What each hold has left, milliseconds. */
  lease = 15_000;
  /** Sees each call before it is done, of a process: false where that one is dead, and is never answered. */
  watch: (process: string) => boolean = () => true;
  readonly #isStepped: boolean;
  #seq = 0;

  constructor({ step }: { step: boolean }) {
    this.#isStepped = step;
  }

  of(subject: string): Message[] {
    return this.messages.filter((message) => message.subject === subject);
  }

  /** Does what can be done, of an engine that does so by itself. */
  #settle(): void {
    if (this.#isStepped) return;
    const ready = this.pending.filter(({ isReady }) => isReady());
    this.pending = this.pending.filter((one) => !ready.includes(one));
    for (const { go } of ready) go();
  }

  /** The engine as a process sees it: two steps a call, so that it can be cut before and behind what is done. */
  transport(process: string): Transport {
    const gate = (isReady = () => true) =>
      new Promise<void>((go) => {
        if (!this.watch(process)) return;
        this.pending.push({ process, isReady, go });
        this.#settle();
      });
    const call = async <T>(work: () => T): Promise<T> => {
      await gate();
      let failure: { error: unknown } | null = null;
      let result: T | undefined;
      try {
        result = work();
      } catch (error) {
        failure = { error };
      }
      await gate();
      if (failure) throw failure.error;
      return result as T;
    };
    const last = (subject: string) => this.messages.findLast((message) => message.subject === subject) ?? null;
    const after = (subject: string, seq: number) => this.messages.find((message) => message.subject === subject && message.seq > seq);
    return {
      append: (subject, body, expected) =>
        call(() => {
          if (expected !== null && (last(subject)?.seq ?? 0) !== expected) throw new Stale(subject);
          this.messages.push({ subject, seq: (this.#seq += 1), body: Uint8Array.from(body) });
          return this.#seq;
        }),
      last: (subject) => call(() => last(subject)),
      get: (seq) => call(() => this.messages.find((message) => message.seq === seq) ?? null),
      purge: (subject, upTo) =>
        call(() => {
          const newest = last(subject)?.seq;
          const kept = this.messages.filter((message) => message.subject !== subject || message.seq > upTo || message.seq === newest);
          this.messages.splice(0, this.messages.length, ...kept);
        }),
      hold: (work, holder) =>
        call(() => {
          if (!this.holds.has(work)) this.holds.set(work, holder);
          return this.holds.get(work) === holder;
        }),
      release: (work, holder) =>
        call(() => {
          if (this.holds.get(work) === holder) this.holds.delete(work);
        }),
      holders: () => call(() => new Map(this.holds)),
      leases: () => call(() => new Map([...this.holds].map(([work, holder]) => [work, { holder, left: this.lease }]))),
      close: async () => undefined,
      read: async function* (this: MemoryEngine, subject: string, signal: AbortSignal, behind = 0) {
        const settle = () => this.#settle();
        signal.addEventListener('abort', settle, { once: true });
        try {
          for (let seq = behind; ;) {
            await gate(() => signal.aborted || after(subject, seq) !== undefined);
            if (signal.aborted) return;
            const message = after(subject, seq)!;
            ({ seq } = message);
            yield message;
          }
        } finally {
          signal.removeEventListener('abort', settle);
        }
      }.bind(this),
    };
  }
}
