import { createServer as createPlain, type AddressInfo, type Server, type Socket } from 'node:net';

export interface SocketOptions {
  /** A name or an address, IPv6 with or without brackets. */
  host: string;
  /** 0 takes any that is free. */
  port: number;
}

export interface StreamOptions extends SocketOptions {
  maxConnections: number;
  /** Certificate chain and key, PEM: TLS. With `ca`, only clients with a certificate of that authority. */
  tls?: { cert: string; key: string; ca?: string };
  /** Called for a connection that never came about, as of a client whose certificate is not trusted. */
  refused?(reason: string, peer: string): void;
}

export interface DatagramOptions extends SocketOptions {
  /** Bytes that the kernel may hold for us; it gives as much as it allows. */
  receiveBuffer: number;
}

/** A connection that somebody opened to us. */
export interface Connection {
  /** The address of the other side. */
  readonly peer: string;
  /** What comes, until the other side ends it; rejects when the connection breaks. No more is read than is taken. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Tells the other side that nothing more is wanted; what it has sent can still be read. */
  end(): void;
  cut(): void;
}

export interface SocketServer {
  readonly port: number;
  /** Takes nothing further; resolves when all that is open has ended. */
  close(): Promise<void>;
}

/** A host without the brackets that an IPv6 address has in a URL. */
export const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
/** IPv4 addresses as they are written, where a socket of both kinds has them in IPv6. */
const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');

const connection = (socket: Socket): Connection => ({
  peer: plainAddress(socket.remoteAddress),
  chunks: socket,
  end: () => void socket.end(),
  cut: () => void socket.destroy(),
});

/** A TCP or TLS server that listens. Rejects with the system's error when the address cannot be had. */
export async function listenStream(
  { host, port, tls, maxConnections, refused }: StreamOptions,
  take: (connection: Connection) => void,
): Promise<SocketServer> {
  const accept = (socket: Socket) => {
    // A break shows to who reads; without a reader it is nobody's.
    socket.on('error', () => undefined);
    take(connection(socket));
  };
  // Half-open: a sender that has ended can still see that we have, and the other way about.
  const server: Server = tls
    ? (await import('node:tls')).createServer(
        { ...tls, allowHalfOpen: true, ...(tls.ca === undefined ? {} : { requestCert: true }) },
        accept,
      )
    : createPlain({ allowHalfOpen: true }, accept);
  server.maxConnections = maxConnections;
  server.on('tlsClientError', (error: Error, socket: Socket) => refused?.(error.message, plainAddress(socket.remoteAddress)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bare(host), () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** A UDP socket that listens. Rejects with the system's error when the address cannot be had. */
export async function listenDatagram(
  { host, port, receiveBuffer }: DatagramOptions,
  take: (bytes: Uint8Array, peer: string) => void,
): Promise<SocketServer> {
  const address = bare(host);
  const { createSocket } = await import('node:dgram');
  const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', recvBufferSize: receiveBuffer });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, () => resolve());
  });
  socket.on('error', () => undefined);
  socket.on('message', (bytes, { address: from }) => take(bytes, plainAddress(from)));
  return { port: socket.address().port, close: () => new Promise((resolve) => socket.close(() => resolve())) };
}
