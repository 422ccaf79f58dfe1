import { CaducusError } from '../../errors.ts';
import type { Network } from '../../io/network.ts';

/** By scheme; of mail those of submission (RFC 6409) and of TLS from the first byte (RFC 8314). */
export const usualPorts: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'smtp:': 587, 'smtps:': 465 };
/** Longest wait for a connection, milliseconds. */
const patience = 5_000;

/**
 * Whether a receiver takes connections: one is opened and closed again, and nothing is sent, so that nobody is called
 * out of bed by a check. Throws CAD066 when there is none. Of the address only host and port are shown: the rest may be a
 * secret.
 */
export async function reachable(net: Network, url: string, id: string): Promise<string> {
  const { hostname, port, protocol } = new URL(url);
  const number = Number(port) || usualPorts[protocol]!;
  const place = `${hostname}:${number}`;
  await net.knock(hostname, number, patience).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'ETIMEDOUT' ? `no answer within ${patience / 1000} s` : (cause.code ?? cause.message);
    throw new CaducusError('CAD066', { path: `sinks.${id}` }, `${place}: ${why}`, { cause });
  });
  return `${place} takes connections; nothing was sent`;
}
