import type { Trouble } from '../base/trouble.ts';
import { defineSource, type OpenSource, type SourceBatch, type SourceContext } from './source.ts';
import { Drain } from './sqs/drain.ts';
import { sqsOptions, type SqsOptions } from './sqs/options.ts';
import { openQueueApi, type QueueApi } from './sqs/queueApi.ts';

function open(options: SqsOptions, context: SourceContext): OpenSource {
  // Its own signal, so that closing also ends what keeps messages hidden.
  const closing = new AbortController();
  const signal = AbortSignal.any([context.signal, closing.signal]);
  const inner = { ...context, signal };
  const drain = new Drain(options, inner);
  let api: QueueApi | undefined;
  let trouble: Trouble | null = null;
  const failing = (now: Trouble | null) => void (trouble = now);
  async function* batches(): AsyncGenerator<SourceBatch> {
    try {
      api = await openQueueApi(options, { ...inner, failing });
      yield* drain.batches(api);
    } catch (error) {
      // Being stopped while waiting is the usual end.
      if (!signal.aborted) throw error;
    }
  }
  return {
    batches: batches(),
    commit: (position) => drain.commit(position),
    counts: () => drain.counts,
    trouble: () => trouble,
    async close() {
      closing.abort();
      api?.close();
    },
  };
}

/**
 * Messages of an SQS queue, meant for dead-letter queues. By default nothing is ever deleted: the queue is its owner's
 * redrive material. Receiving alone already hides a message for the time of `visibility` and raises its receive count.
 * With `delete: on_checkpoint` a message is deleted after the checkpoint that covers it, never before.
 *
 * A FIFO queue gives no further message of a group while one of it is hidden, so with `delete: never` only the first ten
 * of each group are seen.
 *
 * Throws CAD060 to CAD069: credentials, region, permissions, unknown queue, network, failures that do not end.
 */
export const sqs = defineSource({
  name: 'sqs',
  summary: 'Reads an SQS queue of dead letters, without deleting anything by default.',
  options: sqsOptions,
  live: true,
  // Only who has deleted a message knows that nobody else is given it again.
  readers: ({ follow, delete: deletes }) => (follow && deletes === 'on_checkpoint' ? 'each' : 'one'),
  redelivers: true,
  // Receiving would hide a message from others for a while; asking for the queue's attributes does not.
  async probe(options, context) {
    const api = await openQueueApi(options, context);
    api.close();
    return api.queue.arn ?? `queue ${api.queue.name}, whose attributes may not be read`;
  },
  identity: ({ account, profile, region, queueUrl, queueName }) => ({ account, profile, region, queueUrl, queueName }),
  open,
});
