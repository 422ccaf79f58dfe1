import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { connectLocal, listenLocal, type LocalConnection, type LocalServer } from './localSocket.ts';
import { sendMail } from './mail.ts';
import {
  bare,
  listenDatagram,
  listenStream,
  type Connection,
  type DatagramOptions,
  type SocketServer,
  type StreamOptions,
} from './sockets.ts';

export type { IncomingHttpHeaders as HttpHeaders, IncomingMessage as HttpRequest, ServerResponse as HttpResponse } from 'node:http';

/** The only way to the network, but for the AWS SDK, which is a client of its own. */
export interface Network {
  /** As the platform's fetch. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** Hands in a mail by SMTP. */
  sendMail: typeof sendMail;
  /** Opens a connection and closes it again; nothing is sent. Rejects with the system's error, or with ETIMEDOUT. */
  knock(host: string, port: number, timeout: number): Promise<void>;
  /** An HTTP server that listens. Rejects with the system's error when the address cannot be had. */
  serve(options: ServeOptions, handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<HttpServer>;
  listenStream(options: StreamOptions, take: (connection: Connection) => void): Promise<SocketServer>;
  listenDatagram(options: DatagramOptions, take: (bytes: Uint8Array, peer: string) => void): Promise<SocketServer>;
  listenLocal(path: string, take: (connection: LocalConnection) => void): Promise<LocalServer>;
  connectLocal(path: string): Promise<LocalConnection>;
}

export interface ServeOptions {
  /** A name or an address, IPv6 with or without brackets. */
  host: string;
  /** 0 takes any that is free. */
  port: number;
  /** A request must be complete within this time, milliseconds; its head within `headersTimeout`. */
  requestTimeout: number;
  headersTimeout: number;
  keepAliveTimeout: number;
  /** Bytes of a request's head. */
  maxHeaderSize?: number;
  maxConnections: number;
  /** Certificate chain and key, PEM: TLS. */
  tls?: { cert: string; key: string };
  /** Whether an open server alone keeps the process alive. */
  holds?: boolean;
}

export interface HttpServer {
  readonly port: number;
  readonly listening: boolean;
  /** Takes no further connection; resolves when those that are open have ended. */
  close(): Promise<void>;
  /** Ends every connection. */
  cut(): void;
}

async function serve(options: ServeOptions, handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<HttpServer> {
  const { host, port, tls, maxConnections, holds = true, ...limits } = options;
  // Loaded by who listens: most commands do not, and these take a tenth of their start.
  const server: Server = tls
    ? (await import('node:https')).createServer({ ...limits, ...tls }, handle)
    : (await import('node:http')).createServer(limits, handle);
  server.maxConnections = maxConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bare(host), () => resolve());
  });
  if (!holds) server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    get listening() {
      return server.listening;
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
    cut: () => server.closeAllConnections(),
  };
}

function knock(host: string, port: number, timeout: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: bare(host), port, timeout });
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.once('connect', () => resolve(void socket.destroy()));
    socket.once('timeout', () => fail(Object.assign(new Error(`no answer within ${timeout / 1000} s`), { code: 'ETIMEDOUT' })));
    socket.once('error', fail);
  });
}

export const nodeNetwork: Network = {
  fetch: (url, init) => fetch(url, init),
  sendMail,
  knock,
  serve,
  listenStream,
  listenDatagram,
  listenLocal,
  connectLocal,
};
