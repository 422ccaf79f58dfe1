import { CaducusError } from '../../errors.ts';
import type { Network } from '../../io/network.ts';

/** Longest wait for a connection, milliseconds. */
const patience = 5_000;

/**
 * Whether a receiver takes connections: one is opened and closed again, and nothing is sent, so that nobody is called
 * out of bed by a check. Throws CAD066 when there is none. Of the address only host and port are told: the rest may be a
 * secret.
 */
export async function reachable(net: Network, url: string, id: string): Promise<string> {
  const { hostname, port, protocol } = new URL(url);
  const number = Number(port) || (protocol === 'http:' ? 80 : 443);
  const place = `${hostname}:${number}`;
  await net.knock(hostname, number, patience).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ETIMEDOUT' ? `no answer within ${patience / 1000} s` : (cause.code ?? cause.message);
    throw new CaducusError('CAD066', { path: `sinks.${id}` }, `${place}: ${why}`, { cause });
  });
  return `${place} takes connections; nothing was sent`;
}
