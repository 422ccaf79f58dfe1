import { Stale, type Message, type Transport } from '../../../src/engine/transport.ts';

/** Something of a process that waits to be done. */
export interface Pending {
  process: string;
  isReady(): boolean;
  go(): void;
}

/** The logs of an engine in memory. What processes ask of it waits until a schedule lets it be done, or never does. */
export class MemoryEngine {
  readonly messages: Message[] = [];
  pending: Pending[] = [];
  #seq = 0;

  of(subject: string): Message[] {
    return this.messages.filter((message) => message.subject === subject);
  }

  /** The engine as a process sees it: two steps a call, so that it can be cut before and behind what is done. */
  transport(process: string): Transport {
    const gate = (isReady = () => true) => new Promise<void>((go) => void this.pending.push({ process, isReady, go }));
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
      read: async function* (this: void, subject, signal) {
        for (let seq = 0; ; ) {
          await gate(() => signal.aborted || after(subject, seq) !== undefined);
          if (signal.aborted) return;
          const message = after(subject, seq)!;
          ({ seq } = message);
          yield message;
        }
      },
    };
  }
}
