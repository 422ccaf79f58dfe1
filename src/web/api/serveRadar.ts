import { toIso } from '../../event.ts';
import { CaducusError } from '../../errors.ts';
import type { Io } from '../../io.ts';
import { servePages, type LongPage, type Page, type PageRequest } from '../../io/servePages.ts';
import type { Finding, Mark } from '../../signal.ts';
import { isLoopback, splitAddress } from '../../sources/listenAddress.ts';
import type { Assets } from './assets.ts';
import type { RadarApi } from './radarApi.ts';
import { allowOrigin, checkHost, checkOrigin, checkViewer, isToken, makeCookie, type GuardOptions } from './guard.ts';
import { answerRoute, json, readJson, Refused } from './routes.ts';
import { mostReaders, StreamHub } from './streamHub.ts';

export interface ServeRadarOptions extends GuardOptions {
  /** `127.0.0.1:9464`; port 0 takes any that is free. */
  address: string;
  /** Whether it keeps the process alive. */
  holds: boolean;
  /** Pages beside these, such as /metrics; null where a path is none of theirs. */
  beside?(request: PageRequest): Promise<Page | null>;
}

export interface RadarServer {
  readonly port: number;
  /** The board is no longer what was sent. */
  changed(): void;
  finding(finding: Finding): void;
  mark(mark: Mark): void;
  close(): Promise<void>;
}

/** How often the board is sent at most, how often a stream says that it is alive, milliseconds. */
const sendEvery = 250;
const pingEvery = 15_000;
/** Tokens that may be tried in a minute. */
const mostTries = 10;

const setting = 'http';

/**
 * Serves the radar: the page, the element, the API and its stream. Throws CAD071 for an address beyond this machine without
 * a token or a proxy that says who is looking, CAD070 when the address cannot be had.
 */
export async function serveRadar(io: Io, api: RadarApi, assets: Assets, options: ServeRadarOptions): Promise<RadarServer> {
  const { address, token, userHeader, holds } = options;
  const { host, port } = splitAddress(address);
  if (token === null && userHeader === null && !isLoopback(host)) {
    throw new CaducusError('CAD071', { path: setting }, `${address} can be reached from the network`, {
      hint: 'Set http_token (CADUCUS_HTTP_TOKEN), or listen on 127.0.0.1.',
    });
  }
  const hub = new StreamHub({ board: () => JSON.stringify(api.view()), start: io.now() });
  const tries = { since: io.monotonic(), failed: 0 };
  // Listening on a name makes that name one of its own.
  const guarded = { ...options, hosts: [...options.hosts, host.toLowerCase()] };

  const logIn = async (request: PageRequest, headers: Record<string, string>): Promise<Page> => {
    if (token === null) return json(404, { error: 'no token is asked for here' }, headers);
    if (io.monotonic() - tries.since > 60_000) Object.assign(tries, { since: io.monotonic(), failed: 0 });
    if (tries.failed >= mostTries) return json(429, { error: 'too many wrong tokens: wait a minute' }, headers);
    const body = (await readJson(request)) as { token?: unknown } | null;
    if (typeof body?.token !== 'string' || !isToken(body.token, token)) {
      tries.failed += 1;
      return json(401, { error: 'that is not the token' }, headers);
    }
    const secure = String(request.headers.origin).startsWith('https:');
    return json(200, { ok: true }, { ...headers, 'set-cookie': makeCookie(token, secure) });
  };

  const listen = (request: PageRequest, headers: Record<string, string>): Page | LongPage => {
    if (hub.readers >= mostReaders) return json(503, { error: `${mostReaders} are looking already` }, { ...headers, 'retry-after': '10' });
    const given = Number(request.headers['last-event-id'] ?? request.query.get('last_event_id') ?? Number.NaN);
    const type = 'text/event-stream; charset=utf-8';
    const begin: LongPage['begin'] = (reader) => void (hub.open(reader, Number.isSafeInteger(given) ? given : null) || reader.end());
    return { status: 200, type, headers: { ...headers, 'x-accel-buffering': 'no' }, begin };
  };

  const answerApi = async (request: PageRequest): Promise<Page | LongPage> => {
    const headers = allowOrigin(request.headers, guarded);
    if (request.method === 'OPTIONS') return { status: 204, type: 'text/plain', body: '', headers };
    const refused = request.method === 'GET' || request.method === 'HEAD' ? null : checkOrigin(request, guarded);
    if (refused) return json(refused.status, { error: refused.why }, headers);
    if (request.path === '/api/session' && request.method === 'POST') return logIn(request, headers);
    const viewer = checkViewer(request, guarded);
    if ('why' in viewer) return json(viewer.status, { error: viewer.why, token: token !== null && userHeader === null }, headers);
    if (request.path === '/api/stream' && request.method === 'GET') return listen(request, headers);
    return answerRoute(request, viewer, api, headers);
  };

  const answer = async (request: PageRequest): Promise<Page | LongPage> => {
    const stranger = checkHost(request.headers, guarded);
    if (stranger) return { status: stranger.status, type: 'text/plain; charset=utf-8', body: `${stranger.why}\n` };
    if (request.path.startsWith('/api/')) {
      try {
        return await answerApi(request);
      } catch (error) {
        if (error instanceof Refused) return json(error.status, { error: error.message }, allowOrigin(request.headers, guarded));
        throw error;
      }
    }
    return (await options.beside?.(request)) ?? assets.answer(request, guarded);
  };

  const server = await servePages(io.net, { host, port, holds }, answer).catch((cause: unknown) => {
    throw new CaducusError('CAD070', { path: setting }, `cannot listen on ${address}: ${(cause as Error).message}`, {
      cause,
      hint: 'Another program has the port, or the address is not of this machine. Choose another with http.',
    });
  });
  const ends = [io.every(sendEvery, () => hub.flush()), io.every(pingEvery, () => hub.ping(toIso(io.now())))];
  return {
    port: server.port,
    changed: () => hub.changed(),
    finding: (finding) => hub.tell('finding', finding),
    mark: (mark) => hub.tell('mark', mark),
    async close() {
      for (const end of ends) end();
      hub.flush();
      hub.close();
      await server.close();
    },
  };
}
