import {
  CaducusError,
  defineSink,
  encodeLogs,
  openShipment,
  readNamed,
  readPartialSuccess,
  readSecret,
  selectOption,
  shipmentOptions,
  writeExport,
  type Io,
  type Outcome,
} from 'caducus';
import { Client, compressionAlgorithms, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { z } from 'zod';
import { exportLogs } from './logsService.ts';
import { readRetryInfo } from './retryInfo.ts';

/** How long an answer may take that only tells whether somebody is there, milliseconds. */
const knockWithin = 5_000;
/** Most that a receiver's RetryInfo is believed, milliseconds. */
const longestWait = 3_600_000;

const file = (what: string) => z.string().min(1).describe(what);

const options = z.strictObject({
  select: selectOption(['finding', 'radar']),
  address: z
    .string()
    .regex(/^(?:\[[\da-fA-F:]+\]|[^\s:/[\]]+):\d{1,5}$/, 'expected host:port, without http://')
    .describe('Address of the receiver, such as collector:4317.'),
  compression: z.enum(['gzip', 'none']).default('gzip').describe('Whether exports are packed.'),
  tls: z
    .strictObject({
      caFile: file('File with the certificate of who vouches for the receiver, where it is none that Node knows.').optional(),
      certFile: file('File with the certificate of this client.').optional(),
      keyFile: file('File with its key.').optional(),
    })
    .optional()
    .describe('The connection is encrypted; `tls: {}` where nothing is to be said.'),
  token: z.string().min(1).optional().describe('Sent as "authorization: Bearer <token>".'),
  tokenFile: file('File with the token, in place of token.').optional(),
  headers: z.record(z.string(), z.string()).default({}).describe('Further metadata, such as the key of a service.'),
  ...shipmentOptions,
});
type Options = z.output<typeof options>;

/** What can never be taken as it stands. All else may be mended without us: the receiver, its address, or what we may do. */
const unfit = new Set([status.INVALID_ARGUMENT, status.FAILED_PRECONDITION, status.ALREADY_EXISTS]);

async function connect({ address, compression, tls }: Options, files: Io['files'], path: string): Promise<Client> {
  const named = async (name: string | undefined) => (name === undefined ? null : Buffer.from(await readNamed(files, name, path)));
  const channel = tls
    ? credentials.createSsl(await named(tls.caFile), await named(tls.keyFile), await named(tls.certFile))
    : credentials.createInsecure();
  return new Client(address, channel, {
    'grpc.default_compression_algorithm': compressionAlgorithms[compression === 'gzip' ? 'gzip' : 'identity'],
    // Who is away is asked again when it is time to, by the outbox.
    'grpc.enable_retries': 0,
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 5_000,
  });
}

/** How the implementations of gRPC say that a message is too large: Go, C++ and Node; Java. */
const tooLarge = /larger than max|exceeds maximum size/i;

function judge({ code, details, metadata }: ServiceError, address: string): Outcome {
  const why = `${address}: ${status[code]}${details === '' ? '' : `: ${details}`}`;
  const isUnfit = unfit.has(code) || (code === status.RESOURCE_EXHAUSTED && tooLarge.test(details));
  return { ok: false, retry: !isUnfit, why, wait: Math.min(longestWait, readRetryInfo(metadata) ?? 0) };
}

/**
 * Exports findings, radars and events as OpenTelemetry LogRecords over gRPC, as the sink `otlp` does over HTTP. At least once:
 * what is sent again has the same `log.record.uid`.
 *
 * Throws CAD011 for a file that cannot be read.
 */
export const otlpGrpc = defineSink({
  name: 'otlp-grpc',
  summary: 'Exports findings, radars and events as OpenTelemetry LogRecords over gRPC.',
  options,
  async probe(given, { io, id }) {
    const path = `sinks.${id}`;
    const client = await connect(given, io.files, path);
    try {
      await new Promise<void>((resolve, reject) => {
        client.waitForReady(io.now() + knockWithin, (cause) => {
          if (cause) reject(new CaducusError('CAD066', { path }, `${given.address} does not answer: ${cause.message}`, { cause }));
          else resolve();
        });
      });
      return `${given.address} answers`;
    } finally {
      client.close();
    }
  },
  async open(given, context) {
    const { io, id, pipeline } = context;
    const client = await connect(given, io.files, `sinks.${id}`);
    const token = await readSecret(io.files, given.token, given.tokenFile, `sinks.${id}`);
    const metadata = new Metadata();
    if (token !== null) metadata.set('authorization', `Bearer ${token}`);
    for (const [name, value] of Object.entries(given.headers)) metadata.set(name, value);
    return openShipment(given, context, {
      carry: (batch, signal) =>
        new Promise<Outcome>((resolve, reject) => {
          const { path, requestSerialize, responseDeserialize } = exportLogs;
          const body = Buffer.from(encodeLogs(writeExport(batch, { pipeline, now: io.now() })));
          const call = client.makeUnaryRequest(path, requestSerialize, responseDeserialize, body, metadata, (error, response) => {
            if (signal.aborted) return reject(signal.reason as Error);
            if (error) return resolve(judge(error, given.address));
            const refused = readPartialSuccess(response ?? new Uint8Array(), false);
            resolve({ ok: true, ...(refused && { refused }) });
          });
          signal.addEventListener('abort', () => call.cancel(), { once: true });
        }),
      close: async () => client.close(),
    });
  },
});
