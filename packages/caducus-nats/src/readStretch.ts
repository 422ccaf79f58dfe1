import type { MsgRequest, NextMsgRequest, StoredMsg } from '@nats-io/jetstream';
import type { Jet } from './connect.ts';

/** Questions that are under way at a time. */
const width = 64;

/**
 * Messages of a stream from one number to another, both inclusive, in their order, without any consumer: for what the
 * server has given to somebody who is gone. Of those that match no longer there, nothing comes.
 */
export async function* readStretch(
  { jsm }: Pick<Jet, 'jsm'>,
  stream: string,
  subject: string | undefined,
  from: number,
  to: number,
): AsyncGenerator<StoredMsg> {
  /** The first at that number or behind it; null when there is none. */
  const next = (seq: number): Promise<StoredMsg | null> => {
    const question: NextMsgRequest = { seq, next_by_subj: subject ?? '>' };
    // The client has types for that question elsewhere alone; the server takes it here.
    return jsm.streams.getMessage(stream, question as unknown as MsgRequest);
  };
  for (let at = from; at <= to;) {
    const asked = Array.from({ length: Math.min(width, to - at + 1) }, (_, i) => next(at + i));
    let last = at + asked.length - 1;
    let given = at - 1;
    for (const found of await Promise.all(asked)) {
      // Behind the end, or once more what a question before it found: they ask for neighbours.
      if (found === null || found.seq > to) last = to;
      else if (found.seq > given) {
        given = found.seq;
        yield found;
      }
    }
    at = Math.max(last, given) + 1;
  }
}
