import { z } from 'zod';
import { byteSize, duration, fieldPath } from '../../../config/scalars.ts';
import { senderNames } from '../../formats/messages/readMessage.ts';
import { fieldsOption } from '../../formats/json/fieldNames.ts';
import { listenAddress } from '../listenAddress.ts';
import { sourceOptions } from '../source.ts';

const secret = z.string().min(8);

const address = listenAddress('127.0.0.1:8686');

export const httpOptions = z.strictObject({
  ...sourceOptions,
  allowedLateness: duration
    .prefault('1m')
    .describe(
      'How far behind the newest record one may come and still be counted in its window; of alerts, how long before its arrival its event time is at most.',
    ),
  listen: address.default('127.0.0.1:8686').describe('Address and port. Beyond this machine (0.0.0.0) token or hmac is needed.'),
  path: z.string().startsWith('/').default('/').describe('Requests to other paths are answered 404; `shippers` have paths of their own.'),
  format: z
    .enum(['alertmanager', 'sns', 'json', 'ndjson', 'alerts', 'shippers', ...senderNames])
    .default('ndjson')
    .describe(
      "What is sent: Alertmanager's webhook, SNS over HTTP(S), a JSON object or array, one JSON object a line, alerts of any sender that is known, or of the one that is named; `shippers` understands what shippers of logs speak, each at its own path.",
    ),
  records: fieldPath.optional().describe('json: where in the body the record or the list of records stands.'),
  fields: fieldsOption.describe('json and ndjson: which field stands for what, where the usual names do not fit.'),
  groupBy: z
    .array(z.string().min(1))
    .default(['service', 'job', 'namespace', 'cluster', 'receiver'])
    .describe('alertmanager: the group is the first of these labels that an alert has.'),
  resolved: z
    .enum(['keep', 'drop'])
    .default('keep')
    .describe('Alerts that are over: keep them as INFO records with status resolved, or drop them.'),
  topicArns: z.array(z.string().startsWith('arn:')).default([]).describe('sns: topics that may send; a subscription to them is confirmed.'),
  token: secret
    .optional()
    .describe('Senders must say "Authorization: Bearer <token>", or give it as the password of Basic authentication.'),
  tokenFile: z.string().min(1).optional().describe('File with the token, in place of token.'),
  hmac: z
    .strictObject({
      secret: secret.optional().describe('Key of the signature.'),
      secretFile: z.string().min(1).optional().describe('File with the key, in place of secret.'),
      header: z
        .string()
        .min(1)
        .default('X-Hub-Signature-256')
        .describe('Header with the SHA-256 HMAC of the body; a prefix such as "sha256=" may stand before it, and several may be given.'),
      encoding: z.enum(['hex', 'base64']).default('hex').describe('How the signature is written.'),
    })
    .refine(({ secret: given, secretFile }) => (given === undefined) !== (secretFile === undefined), 'give one of secret and secret_file')
    .optional()
    .describe('Senders must sign the body.'),
  tls: z
    .strictObject({
      certFile: z.string().min(1).describe('Certificate chain, PEM.'),
      keyFile: z.string().min(1).describe('Its key, PEM.'),
    })
    .optional()
    .describe('Listens for HTTPS with this certificate.'),
  maxBody: byteSize.prefault('1MiB').describe('Largest body, unpacked; larger ones are answered 413.'),
  maxInFlight: byteSize
    .prefault('16MiB')
    .describe('Bodies being read at a time; beyond it senders are answered 429 and when to come back.'),
  maxBacklog: byteSize
    .prefault('256MiB')
    .describe('Journalled records that wait for the pipeline; beyond it senders are answered 503 and when to come back.'),
});

export type HttpOptions = z.output<typeof httpOptions>;
