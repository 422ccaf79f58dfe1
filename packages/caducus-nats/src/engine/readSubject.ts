import { AckPolicy, DeliverPolicy, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import type { Jet } from '../connect.ts';
import type { Patience } from './patience.ts';

/** Messages that are asked for ahead. With parts of half a megabyte at most that is 16 MiB a log. */
const ahead = 32;
/** How long a question for more stands at the server, and how often it says meanwhile that nothing has come; milliseconds. */
const pull = { expires: 30_000, idle_heartbeat: 5_000 };
/** After how long the server forgets a reader that was killed, nanoseconds. */
const forgetAfter = 60_000_000_000;

/** What tells that a reader is there no more, or cannot be heard. */
const lost = new Set([
  'heartbeats_missed',
  'consumer_not_found',
  'consumer_deleted',
  'stream_not_found',
  'no_responders',
  'exceeded_limits',
]);

/**
 * All messages of a subject behind one of them, or their numbers alone, in their order, then what comes, until the signal
 * aborts. Each reading has a consumer of its own at the server, which is not acknowledged and is made anew behind the last
 * message whenever one is missing, the connection was lost or the server was restarted.
 */
export async function* readSubject(
  { js, jsm, link }: Pick<Jet, 'js' | 'jsm' | 'link'>,
  patience: Patience,
  { stream, subject, after = 0, headersOnly = false }: { stream: string; subject: string; after?: number; headersOnly?: boolean },
  signal: AbortSignal,
): AsyncGenerator<JsMsg> {
  const end = AbortSignal.any([signal, patience.closing]);
  for (let last = after; !end.aborted;) {
    const begin = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: last + 1 };
    const made = await patience
      .until(
        () =>
          jsm.consumers.add(stream, {
            ...begin,
            filter_subject: subject,
            headers_only: headersOnly,
            ack_policy: AckPolicy.None,
            inactive_threshold: forgetAfter,
            mem_storage: true,
            num_replicas: 1,
          }),
        end,
      )
      .catch((error: unknown) => {
        if (end.aborted) return null;
        throw error;
      });
    if (made === null || end.aborted) return;
    const { present } = link;
    const messages = await js.consumers.getConsumerFromInfo(made).consume({ max_messages: ahead, ...pull });
    const stop = () => messages.stop();
    for (const each of [end, present]) each.addEventListener('abort', stop);
    if (end.aborted || present.aborted) stop();
    void stopWhenLost(messages);
    try {
      let delivered = 0;
      for await (const message of messages) {
        if (end.aborted) return;
        if (message.info.deliverySequence !== (delivered += 1)) break;
        last = message.seq;
        yield message;
      }
    } finally {
      for (const each of [end, present]) each.removeEventListener('abort', stop);
      messages.stop();
      // The server forgets it by itself where this does not get through.
      if (!present.aborted) void jsm.consumers.delete(stream, made.name).catch(() => undefined);
    }
  }
}

async function stopWhenLost(messages: ConsumerMessages): Promise<void> {
  for await (const { type } of messages.status()) if (lost.has(type)) messages.stop();
}
