import { awsOptions, duration, formatOption, sourceOptions } from 'caducus';
import { z } from 'zod';

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'expected a time such as 2026-03-14T03:00:00Z')
  .transform((text) => Date.parse(text));

/** Options of the source. */
export const s3Options = z
  .strictObject({
    ...sourceOptions,
    ...awsOptions,
    bucket: z
      .string()
      .regex(/^(?:[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|arn:\S+)$/, 'expected the name of a bucket, or the ARN of an access point')
      .optional()
      .describe('Bucket that is read, or the ARN of an access point.'),
    prefix: z.string().default('').describe('Only keys that begin with this, such as AWSLogs/123456789012/.'),
    suffix: z.string().default('').describe('Only keys that end with this, such as .log.gz.'),
    format: formatOption,
    since: moment
      .optional()
      .describe('Objects of an earlier time are passed over: the time in the key, or else the one at which the object was written.'),
    until: moment.optional().describe('Objects of that time and later are passed over.'),
    follow: z.boolean().default(false).describe('Go on listing what is new, until stopped.'),
    pollInterval: duration.prefault('1m').describe('follow: how often is listed.'),
    maxObjects: z
      .int()
      .min(1)
      .max(2_000_000)
      .default(200_000)
      .describe('More objects than this are not read: narrow prefix, since and until.'),
    queueUrl: z
      .url()
      .optional()
      .describe(
        'URL of an SQS queue that announces new objects; in place of bucket. A message is deleted when a checkpoint holds its objects.',
      ),
    visibility: duration
      .prefault('5m')
      .refine((ms) => ms >= 10_000 && ms <= 43_200_000, 'expected 10s to 12h')
      .describe('queue_url: how long a message stays hidden from others; it is kept hidden until its checkpoint.'),
    pathStyle: z.boolean().default(false).describe('Name the bucket in the path and not in the host, as MinIO and other stores want it.'),
    requestPayer: z.boolean().default(false).describe('Pay for requests to a bucket whose owner demands it.'),
    patience: duration.prefault('10m').describe('How long calls may keep failing before the source gives up.'),
  })
  .superRefine(({ bucket, queueUrl, since, until }, context) => {
    if ((bucket === undefined) === (queueUrl === undefined))
      context.addIssue({ code: 'custom', message: 'give one of bucket and queue_url' });
    if (since !== undefined && until !== undefined && since >= until)
      context.addIssue({ code: 'custom', path: ['until'], message: 'until lies before since' });
  });

export type S3Options = z.output<typeof s3Options>;
