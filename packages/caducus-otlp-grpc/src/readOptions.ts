import { byteSize, duration, listenAddress, sourceOptions } from 'caducus';
import { z } from 'zod';

const file = (what: string) => z.string().min(1).describe(what);

/** Options of the source `otlp-grpc`. */
export const listenOptions = z
  .strictObject({
    ...sourceOptions,
    allowedLateness: duration.prefault('1m').describe('How far behind the newest record one may come and still be counted in its window.'),
    listen: listenAddress('127.0.0.1:4317')
      .default('127.0.0.1:4317')
      .describe('Address and port. Beyond this machine (0.0.0.0) a token, or tls with ca_file, is needed.'),
    token: z.string().min(8).optional().describe('Senders must say "authorization: Bearer <token>".'),
    tokenFile: file('File with the token, in place of token.').optional(),
    tls: z
      .strictObject({
        certFile: file('Certificate chain, PEM.'),
        keyFile: file('Its key, PEM.'),
        caFile: file('Only senders with a certificate of this authority may send.').optional(),
      })
      .optional()
      .describe('Listens with TLS, by this certificate.'),
    maxBody: byteSize.prefault('4MiB').describe('Largest export, unpacked; a larger one is answered RESOURCE_EXHAUSTED.'),
    maxInFlight: byteSize
      .prefault('16MiB')
      .describe('Exports being taken at a time; beyond it senders are answered RESOURCE_EXHAUSTED and when to come back.'),
    maxBacklog: byteSize
      .prefault('256MiB')
      .describe('Journalled records that wait for the pipeline; beyond it senders are answered UNAVAILABLE and when to come back.'),
  })
  .refine(({ token, tokenFile }) => token === undefined || tokenFile === undefined, 'give one of token and token_file');

export type ListenOptions = z.output<typeof listenOptions>;
