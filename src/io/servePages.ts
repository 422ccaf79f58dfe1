import type { HttpHeaders, HttpRequest, HttpResponse, Network } from './network.ts';

/** A request to a page of ours. */
export interface PageRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: HttpHeaders;
  /** What was sent, up to 64 KiB; null where it is more, or broke off. Without asking, it is never kept. */
  body(): Promise<string | null>;
}

export interface Page {
  status: number;
  type: string;
  body: string | Uint8Array;
  headers?: Readonly<Record<string, string>>;
}

/** An answer that goes on until one of both sides ends it. */
export interface LongPage extends Omit<Page, 'body'> {
  begin(reader: Reader): void;
}

/** Who reads a long page. */
export interface Reader {
  /** False when more waits for the reader than it takes: `drained` says when it has caught up. */
  write(piece: string | Uint8Array): boolean;
  drained(then: () => void): void;
  gone(then: () => void): void;
  end(): void;
}

const limits = { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 5_000, maxHeaderSize: 8192, maxConnections: 64 };
const longestBody = 65_536;

/**
 * Serves small pages over HTTP, from memory, until closed. Everything a caller can make large is bounded. `holds`: whether
 * it keeps the process alive. Resolves with the port in use; rejects with the system's error when it cannot listen.
 */
export async function servePages(
  net: Network,
  { host, port, holds = false }: { host: string; port: number; holds?: boolean },
  answer: (request: PageRequest) => Promise<Page | LongPage>,
): Promise<{ port: number; close(): Promise<void> }> {
  const handle = (request: HttpRequest, response: HttpResponse) => {
    const [path = '/', query = ''] = (request.url ?? '/').split(/[?#]/, 2);
    const body = readBody(request);
    const asked = { method: request.method ?? 'GET', path, query: new URLSearchParams(query), headers: request.headers, body };
    answer(asked)
      .catch((): Page => ({ status: 500, type: 'text/plain', body: 'failed\n' }))
      .then(
        (page) => {
          // What was sent and not asked for is let go, so that the connection can be used again.
          request.resume();
          const { status, type, headers = {} } = page;
          response.writeHead(status, {
            'content-type': type,
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
            ...headers,
          });
          if (request.method === 'HEAD') response.end();
          else if ('begin' in page) page.begin(makeReader(response));
          else response.end(page.body);
        },
        () => response.destroy(),
      );
  };
  const server = await net.serve({ ...limits, host, port, holds }, handle);
  const close = async () => {
    const closed = server.close();
    server.cut();
    await closed;
  };
  return { port: server.port, close };
}

const readBody = (request: HttpRequest) => async (): Promise<string | null> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > longestBody) return null;
      chunks.push(chunk);
    }
  } catch {
    // The sender has gone: there is nobody to answer either.
    return null;
  }
  return Buffer.concat(chunks).toString('utf8');
};

function makeReader(response: HttpResponse): Reader {
  response.flushHeaders();
  return {
    write: (piece) => response.write(piece),
    drained: (then) => void response.once('drain', then),
    gone: (then) => void response.once('close', then),
    end: () => void response.end(),
  };
}
