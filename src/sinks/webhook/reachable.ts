import { connect } from 'node:net';
import { CaducusError } from '../../errors.ts';

/** Longest wait for a connection, milliseconds. */
const patience = 5_000;

/**
 * Whether a receiver takes connections: one is opened and closed again, and nothing is sent, so that nobody is called
 * out of bed by a check. Throws CAD066 when there is none. Of the address only host and port are told: the rest may be a
 * secret.
 */
export async function reachable(url: string, id: string): Promise<string> {
  const { hostname, port, protocol } = new URL(url);
  const number = Number(port) || (protocol === 'http:' ? 80 : 443);
  const place = `${hostname}:${number}`;
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: number, timeout: patience });
    const fail = (why: string, cause?: Error) => {
      socket.destroy();
      reject(new CaducusError('CAD066', { path: `sinks.${id}` }, `${place}: ${why}`, { cause }));
    };
    socket.once('connect', () => resolve(void socket.destroy()));
    socket.once('timeout', () => fail(`no answer within ${patience / 1000} s`));
    socket.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message, error));
  });
  return `${place} takes connections; nothing was sent`;
}
