import { createHash, timingSafeEqual } from 'node:crypto';
import { CaducusError } from '../../errors.ts';
import type { Network } from '../../io/network.ts';
import { servePages, type Page, type PageRequest } from '../../io/servePages.ts';
import { isLoopback, splitAddress } from '../../sources/listenAddress.ts';

export interface MetricsPages {
  metrics(): Promise<{ type: string; text: string }>;
  /** What is wrong; null when nothing is. */
  problem(): string | null;
  /** Whether it hangs, which a new start may mend; null while it does not. */
  stuck(): string | null;
  ready(): boolean;
}

export interface MetricsServerOptions {
  /** `127.0.0.1:9464`; port 0 takes any that is free. */
  address: string;
  /** Asked for as `Authorization: Bearer ...`; needed beyond this machine. */
  token: string | null;
}

const plain = (status: number, body: string): Page => ({ status, type: 'text/plain; charset=utf-8', body: `${body}\n` });
const sha = (text: string) => createHash('sha256').update(text).digest();

/** The same answer after the same time, however much of the token is right. */
const allowed = ({ headers }: PageRequest, token: string | null) =>
  token === null || timingSafeEqual(sha(headers.authorization ?? ''), sha(`Bearer ${token}`));

const paths = ['/metrics', '/healthz', '/livez', '/readyz'];

/** The page that is asked for; null for a path that is none of these. */
export async function answerMetrics(request: PageRequest, pages: MetricsPages, token: string | null): Promise<Page | null> {
  const { method, path } = request;
  if (!paths.includes(path)) return null;
  if (method !== 'GET' && method !== 'HEAD') return plain(405, 'GET only');
  if (path === '/healthz' || path === '/livez') {
    const problem = path === '/healthz' ? pages.problem() : pages.stuck();
    return problem === null ? plain(200, 'ok') : plain(503, problem);
  }
  if (path === '/readyz') return pages.ready() ? plain(200, 'ready') : plain(503, 'not ready');
  if (!allowed(request, token)) return plain(401, 'a token is needed');
  const { type, text } = await pages.metrics();
  return { status: 200, type, body: text };
}

/**
 * Serves `/metrics`, `/healthz`, `/livez` and `/readyz`. Throws CAD071 for an address beyond this machine without a token, CAD070 when
 * the address cannot be had.
 */
export async function serveMetrics(
  net: Network,
  { address, token }: MetricsServerOptions,
  pages: MetricsPages,
): Promise<{ port: number; close(): Promise<void> }> {
  const { host, port } = splitAddress(address);
  const path = 'metrics_listen';
  if (!Number.isInteger(port) || port > 65_535)
    throw new CaducusError('CAD013', { path }, `expected host:port, such as 127.0.0.1:9464, got ${JSON.stringify(address)}`);
  if (token === null && !isLoopback(host)) {
    throw new CaducusError('CAD071', { path }, `${address} can be reached from the network`, {
      hint: 'Set metrics_token (CADUCUS_METRICS_TOKEN), or listen on 127.0.0.1.',
    });
  }
  try {
    return await servePages(
      net,
      { host, port },
      async (request) => (await answerMetrics(request, pages, token)) ?? plain(404, `not here: ${paths.join(', ')}`),
    );
  } catch (cause) {
    throw new CaducusError('CAD070', { path }, `cannot listen on ${address}: ${(cause as Error).message}`, {
      cause,
      hint: 'Another program has the port, or the address is not of this machine. Choose another with metrics_listen.',
    });
  }
}
