import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CaducusError } from '../../errors.ts';
import type { Json } from '../../event.ts';
import type { HttpRequest, HttpResponse, HttpServer, Network } from '../../io/network.ts';
import { splitAddress } from '../listenAddress.ts';
import type { Auth } from './auth.ts';
import type { HttpOptions } from './options.ts';

/** What a sender is answered. */
export interface Answer {
  status: number;
  /** Bytes are protobuf. null: nothing, not even an empty object. */
  body: Json | Uint8Array;
  /** Seconds after which to come back. */
  retryAfter?: number;
}

/** Takes a body that was read, unpacked and found authentic; the answer is sent when it resolves. */
export type Accept = (body: Buffer, request: HttpRequest) => Promise<Answer>;

/** What a path stands for. */
export interface Route {
  /** What is answered without a body being read: to questions for version and health. */
  greeting: Answer | null;
  /** The token the request proves itself by, where its protocol has another place for it than `Authorization: Bearer`. */
  token: string | undefined;
}

/** The route of a request; null where its path stands for nothing. */
export type FindRoute = (request: HttpRequest) => Route | null;

/** Certificate chain and key, PEM. */
export interface Tls {
  cert: string;
  key: string;
}

/** A request must be complete within this time, its head within a third; milliseconds. */
const requestTimeout = 30_000;
const limits = { requestTimeout, headersTimeout: requestTimeout / 3, keepAliveTimeout: requestTimeout, maxConnections: 1024 };
const unpack = promisify(gunzip);

class Refused extends Error {
  readonly answer: Answer;
  constructor(status: number, error: string, retryAfter?: number) {
    super(error);
    this.answer = { status, body: { error }, ...(retryAfter !== undefined && { retryAfter }) };
  }
}

/** The path of a request, without its query. */
export const readPath = (request: HttpRequest): string => (request.url ?? '').split('?')[0]!;

/** An HTTP server with bounds on everything a sender can make large. */
export class Listener {
  readonly #options: HttpOptions;
  readonly #auth: Auth;
  readonly #accept: Accept;
  readonly #route: FindRoute;
  readonly #net: Network;
  readonly #tls: Tls | null;
  #server: HttpServer | null = null;
  #inFlight = 0;
  /** Requests whose bodies are still coming: nothing of them was taken. */
  readonly #coming = new Set<HttpRequest>();
  /** Requests under way, and what to do when there are none. */
  #active = 0;
  #idle = () => {};

  /** @param tls certificate chain and key, PEM */
  constructor(
    net: Network,
    options: HttpOptions,
    auth: Auth,
    accept: Accept,
    { route, tls }: { route?: FindRoute | undefined; tls?: Tls | null } = {},
  ) {
    this.#options = options;
    this.#auth = auth;
    this.#accept = accept;
    this.#route = route ?? ((request) => (readPath(request) === options.path ? { greeting: null, token: undefined } : null));
    this.#net = net;
    this.#tls = tls ?? null;
  }

  /** Resolves with the port; rejects with CAD070 when it cannot be had. */
  async listen(id: string): Promise<number> {
    const { host, port } = splitAddress(this.#options.listen);
    try {
      this.#server = await this.#net.serve(
        { ...limits, host, port, ...(this.#tls && { tls: this.#tls }) },
        (request, response) => void this.#serve(request, response),
      );
    } catch (cause) {
      throw new CaducusError('CAD070', { path: `sources.${id}` }, `cannot listen on ${this.#options.listen}: ${(cause as Error).message}`, {
        cause,
      });
    }
    return this.#server.port;
  }

  /** Takes no further connection; requests that were read are answered, and no sender that is slow is waited for. */
  async close(): Promise<void> {
    if (!this.#server?.listening) return;
    const closed = this.#server.close();
    for (const request of this.#coming) request.destroy();
    if (this.#active > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    // What is left are connections that senders keep open for later.
    this.#server.cut();
    await closed;
  }

  async #serve(request: HttpRequest, response: HttpResponse): Promise<void> {
    this.#active += 1;
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      this.#active -= 1;
      if (this.#active === 0) this.#idle();
    };
    // Handed to the system, or the sender is gone: one that does not read its answer holds nothing up.
    response.once('finish', over);
    response.once('close', over);
    // A sender that hangs up is nobody to answer.
    response.on('error', () => undefined);
    const answer = await this.#answer(request);
    if (response.destroyed) return;
    const isBytes = answer.body instanceof Uint8Array;
    const bytes =
      answer.body instanceof Uint8Array ? answer.body : Buffer.from(answer.body === null ? '' : `${JSON.stringify(answer.body)}\n`);
    response.statusCode = answer.status;
    if (answer.body !== null) response.setHeader('content-type', isBytes ? 'application/x-protobuf' : 'application/json');
    response.setHeader('content-length', bytes.length);
    if (answer.retryAfter !== undefined) response.setHeader('retry-after', answer.retryAfter);
    // What was not read of the body must not be taken for the next request.
    if (!request.complete || !this.#server?.listening) response.setHeader('connection', 'close');
    response.end(bytes);
  }

  async #answer(request: HttpRequest): Promise<Answer> {
    let held = 0;
    const hold = (bytes: number) => {
      held += bytes;
      this.#inFlight += bytes;
      if (this.#inFlight > this.#options.maxInFlight) throw new Refused(429, 'too much at once', 1);
    };
    try {
      const greeting = this.#judgeHead(request);
      if (greeting) return greeting;
      const packed = await this.#read(request, hold);
      if (!this.#auth.body(request.headers, packed)) throw new Refused(401, 'the signature is missing or wrong');
      return await this.#accept(await this.#unpacked(request, packed, hold), request);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      if (error instanceof SyntaxError) return { status: 400, body: { error: `not JSON: ${error.message.slice(0, 200)}` } };
      return { status: 503, body: { error: 'cannot be taken now' }, retryAfter: 5 };
    } finally {
      this.#inFlight -= held;
    }
  }

  /** What can be answered at once. Throws what is wrong with the head of a request. */
  #judgeHead(request: HttpRequest): Answer | null {
    const route = this.#route(request);
    if (!this.#auth.head(request.headers, route?.token)) throw new Refused(401, 'the token is missing or wrong');
    if (!route) throw new Refused(404, 'no such path');
    if (route.greeting) return route.greeting;
    if (request.method !== 'POST' && request.method !== 'PUT') throw new Refused(405, 'send it with POST');
    if (Number(request.headers['content-length'] ?? 0) > this.#options.maxBody)
      throw new Refused(413, `the body is larger than ${this.#options.maxBody} bytes`);
    return null;
  }

  async #read(request: HttpRequest, hold: (bytes: number) => void): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    this.#coming.add(request);
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > this.#options.maxBody) throw new Refused(413, `the body is larger than ${this.#options.maxBody} bytes`);
        hold(chunk.length);
        chunks.push(chunk);
      }
    } finally {
      this.#coming.delete(request);
    }
    return Buffer.concat(chunks);
  }

  async #unpacked(request: HttpRequest, packed: Buffer, hold: (bytes: number) => void): Promise<Buffer> {
    const encoding = request.headers['content-encoding'] ?? 'identity';
    const encodings = encoding
      .split(',')
      .map((one) => one.trim().toLowerCase())
      .filter((one) => one !== '' && one !== 'identity');
    if (!encodings.every((one) => one === 'gzip' || one === 'x-gzip') || encodings.length > 1)
      throw new Refused(415, 'the body may be gzip or plain');
    // Some senders pack and do not say so.
    if (encodings.length === 0 && !(packed[0] === 0x1f && packed[1] === 0x8b)) return packed;
    const body = await unpack(packed, { maxOutputLength: this.#options.maxBody }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_BUFFER_TOO_LARGE') throw new Refused(413, `the unpacked body is larger than ${this.#options.maxBody} bytes`);
      throw new Refused(400, 'the body is not gzip');
    });
    hold(body.length);
    return body;
  }
}
