import { defineSource, type OpenSource, type SourceContext, type Trouble } from 'caducus';
import { Notices } from './notices.ts';
import { s3Options, type S3Options } from './options.ts';
import { rewindPlace } from './place.ts';
import { openS3Api } from './s3Api.ts';
import { ObjectWalk } from './walk.ts';

function open(options: S3Options, context: SourceContext): OpenSource {
  // Its own signal, so that closing also ends what keeps messages hidden.
  const closing = new AbortController();
  const inner = { ...context, signal: AbortSignal.any([context.signal, closing.signal]) };
  let trouble: Trouble | null = null;
  const failing = (now: Trouble | null) => void (trouble = now);
  const api = openS3Api(options, { ...inner, failing });
  const shared = { trouble: () => trouble };
  if (options.queueUrl !== undefined) {
    const notices = new Notices(options, inner, api);
    return {
      ...shared,
      batches: untilStopped(notices.batches(failing), inner.signal),
      commit: (position) => notices.commit(position),
      counts: () => ({ duplicate: notices.duplicates }),
      async close() {
        closing.abort();
        notices.close();
        api.close();
      },
    };
  }
  const walk = new ObjectWalk(options, inner, api);
  return {
    ...shared,
    batches: untilStopped(options.follow ? walk.follow() : walk.once(), inner.signal),
    ...(!options.follow && { rewind: rewindPlace, sample: () => walk.sample(), extent: () => walk.extent() }),
    async close() {
      closing.abort();
      api.close();
    },
  };
}

/** Being stopped while a call is made is the usual end. */
async function* untilStopped<T>(batches: AsyncGenerator<T>, signal: AbortSignal): AsyncGenerator<T> {
  try {
    yield* batches;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/**
 * Objects of a bucket, plain or gzip, in event time: the logs that keys show are read side by side, each in the order of the
 * times in its keys. With `follow` it goes on listing; with `queue_url` objects are read as S3 announces them, and messages
 * deleted with the checkpoint. The position knows each object that was read, and the place in those that were begun.
 *
 * Throws CAD020 for a bucket that is not there and for more objects than `max_objects`; CAD060 to CAD069: credentials,
 * region, permissions, unknown queue, network, failures that do not end.
 */
export const s3 = defineSource({
  name: 's3',
  summary: 'Objects of an S3 bucket by their prefix, in the order of their times, or as a queue announces them.',
  options: s3Options,
  live: ({ follow, queueUrl }) => follow || queueUrl !== undefined,
  sequential: true,
  // A message whose process died comes again, and its objects are read from their beginning.
  redelivers: true,
  identity: ({ account, profile, region, endpoint, bucket, prefix, queueUrl, format }) => ({
    account,
    profile,
    region,
    endpoint,
    bucket,
    prefix,
    queueUrl,
    format,
  }),
  async probe(options, context) {
    const api = openS3Api(options, context);
    try {
      if (options.queueUrl !== undefined)
        return `objects that ${options.queueUrl.split('/').at(-1)} announces are read when the pipeline runs`;
      for await (const page of api.list({ bucket: options.bucket!, prefix: options.prefix, most: 1 }))
        return page.length > 0
          ? `bucket ${options.bucket} has objects under "${options.prefix}"`
          : `nothing lies under "${options.prefix}" so far`;
      return '';
    } finally {
      api.close();
    }
  },
  open,
});
