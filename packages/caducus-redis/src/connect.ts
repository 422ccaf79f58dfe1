import { CaducusError, readNamed, readSecret, type Io } from 'caducus';
import { Redis } from 'ioredis';
import type { ConnectionOptions } from './options.ts';

/** Waits between two attempts to connect, milliseconds: the first, and the longest. */
const waits = { first: 200, most: 5_000 };

/**
 * A connection that is made when it is needed, and made anew when it broke; what is asked while there is none fails at once.
 * Throws CAD011 for a file that cannot be read.
 */
export async function openRedis(options: ConnectionOptions, files: Io['files'], path: string): Promise<Redis> {
  const { url, caFile } = options;
  const password = await readSecret(files, options.password, options.passwordFile, `${path}.password_file`);
  const ca = caFile === undefined ? undefined : await readNamed(files, caFile, `${path}.ca_file`);
  const client = new Redis(url, {
    lazyConnect: true,
    // The lists of the older protocol are the same whatever server and client agree on.
    protocol: 2,
    connectTimeout: 5_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(waits.most, waits.first * 2 ** (times - 1)),
    connectionName: 'caducus',
    ...(password !== null && { password }),
    ...(ca !== undefined && { tls: { ca } }),
  });
  // Each call says what went wrong with it.
  client.on('error', () => undefined);
  return client;
}

/** Connects where it is not yet connected. Rejects with why not. */
export async function ready(client: Redis): Promise<void> {
  if (client.status === 'ready') return;
  if (client.status === 'wait' || client.status === 'end') await client.connect();
  else await client.ping();
}

export const findHost = (url: string): string => {
  const { hostname, port } = new URL(url);
  return `${hostname}:${port || '6379'}`;
};

/** Answers of a server that only a person can mend: who asks, what it may do, and what lies under that key. */
const refusal = /^(?:NOAUTH|WRONGPASS|NOPERM|WRONGTYPE|ERR)\b/;

export const isRefusal = (error: unknown): boolean => refusal.test((error as Error).message);

/** An error of the client as one that says what to do. */
export function nameFailure(error: unknown, path: string, url: string): CaducusError {
  if (error instanceof CaducusError) return error;
  const { message, code } = error as Error & { code?: string };
  const isRefused = isRefusal(error);
  return new CaducusError(isRefused ? 'CAD020' : 'CAD066', { path }, `${findHost(url)}: ${message || code || 'no answer'}`, {
    cause: error,
    hint: isRefused
      ? 'Check user, password, what that user may do, and what lies under the key: TYPE says it.'
      : 'Check address, port and TLS, and that the server runs.',
  });
}
