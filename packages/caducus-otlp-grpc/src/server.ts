import { createHash, timingSafeEqual } from 'node:crypto';
import { CaducusError, isLoopback, readNamed, readSecret, splitAddress, type Io } from 'caducus';
import {
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  status,
  type handleUnaryCall,
  type Metadata,
  type ServerInterceptor,
} from '@grpc/grpc-js';
import { exportLogs } from './logsService.ts';
import type { ListenOptions } from './readOptions.ts';

/** Calls of one connection at a time: the others wait at the sender. */
const mostCalls = 32;
/** Connections that send nothing are let go after so long, milliseconds. */
const idleFor = 300_000;
/** How long a stop waits for calls under way, milliseconds. */
const drainFor = 5_000;

/** Equal, in a time that does not tell how much of it is. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Turns a call away by what stands in its head, before anything of its body is read. */
const guard = (token: string): ServerInterceptor => {
  const proves = (metadata: Metadata) =>
    metadata
      .get('authorization')
      .some((value) => typeof value === 'string' && /^bearer /i.test(value) && same(value.slice(7).trim(), token));
  return (_method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata(metadata, pass) {
            if (proves(metadata)) pass(metadata);
            else call.sendStatus({ code: status.UNAUTHENTICATED, details: 'the token is missing or wrong' });
          },
        }),
    });
};

async function makeCredentials({ tls }: ListenOptions, files: Io['files'], path: string): Promise<ServerCredentials> {
  if (!tls) return ServerCredentials.createInsecure();
  const read = async (file: string) => Buffer.from(await readNamed(files, file, path));
  const ca = tls.caFile === undefined ? null : await read(tls.caFile);
  const pair = { cert_chain: await read(tls.certFile), private_key: await read(tls.keyFile) };
  return ServerCredentials.createSsl(ca, [pair], ca !== null);
}

/** A server that listens. */
export interface Listening {
  port: number;
  /** Takes no further call; resolves when those under way are answered, or have taken too long. */
  close(): Promise<void>;
}

/**
 * Listens for exports of logs. Throws CAD071 where anybody on the network could send, CAD011 for a file that cannot be read,
 * CAD070 when the address cannot be had.
 */
export async function listen(
  options: ListenOptions,
  { files, sleep }: Pick<Io, 'files' | 'sleep'>,
  id: string,
  handle: handleUnaryCall<Buffer, Buffer>,
): Promise<Listening> {
  const path = `sources.${id}`;
  const { host } = splitAddress(options.listen);
  const token = await readSecret(files, options.token, options.tokenFile, `${path}.token_file`);
  if (token !== null && token.length < 8) throw new CaducusError('CAD013', { path }, `${options.tokenFile} holds fewer than 8 characters`);
  if (token === null && options.tls?.caFile === undefined && !isLoopback(host))
    throw new CaducusError('CAD071', { path }, `${options.listen} can be reached from the network, and anybody may send`);
  const server = new Server({
    'grpc.max_receive_message_length': options.maxBody,
    'grpc.max_concurrent_streams': mostCalls,
    'grpc.max_connection_idle_ms': idleFor,
    ...(token !== null && { interceptors: [guard(token)] }),
  });
  server.addService({ export: exportLogs }, { export: handle });
  const credentials = await makeCredentials(options, files, path);
  const { host: name, port: wanted } = splitAddress(options.listen);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`${name}:${wanted}`, credentials, (cause, bound) => {
      if (cause) reject(new CaducusError('CAD070', { path }, `cannot listen on ${options.listen}: ${cause.message}`, { cause }));
      else resolve(bound);
    }),
  );
  return {
    port,
    async close() {
      const over = new AbortController();
      const late = sleep(drainFor, over.signal).catch(() => undefined);
      await Promise.race([new Promise<void>((resolve) => server.tryShutdown(() => resolve())), late]);
      over.abort();
      server.forceShutdown();
    },
  };
}
