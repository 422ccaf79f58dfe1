import type { HttpHeaders, HttpRequest, HttpResponse, Network } from './network.ts';

/** A request to a page of ours. Its body is never read. */
export interface PageRequest {
  method: string;
  path: string;
  headers: HttpHeaders;
}

export interface Page {
  status: number;
  type: string;
  body: string;
}

const limits = { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000, maxHeaderSize: 8192, maxConnections: 64 };

/**
 * Serves small pages over HTTP, from memory, until closed. Everything a caller can make large is bounded. Resolves with
 * the port in use; rejects with the system's error when it cannot listen.
 */
export async function servePages(
  net: Network,
  host: string,
  port: number,
  answer: (request: PageRequest) => Promise<Page>,
): Promise<{ port: number; close(): Promise<void> }> {
  const handle = (request: HttpRequest, response: HttpResponse) => {
    request.resume();
    const path = (request.url ?? '/').replace(/[?#].*/s, '');
    answer({ method: request.method ?? 'GET', path, headers: request.headers })
      .catch((): Page => ({ status: 500, type: 'text/plain', body: 'failed\n' }))
      .then(
        ({ status, type, body }) => {
          response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
          response.end(request.method === 'HEAD' ? '' : body);
        },
        () => response.destroy(),
      );
  };
  // It must not keep a finished run alive.
  const server = await net.serve({ ...limits, host, port, holds: false }, handle);
  const close = async () => {
    const closed = server.close();
    server.cut();
    await closed;
  };
  return { port: server.port, close };
}
