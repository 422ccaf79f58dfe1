import { connect, createServer, type Socket } from 'node:net';

/** A connection to another program on this machine, by lines of text. */
export interface LocalConnection {
  /** Lines of the other side, without their ends, until it ends; one longer than it may be ends the connection. */
  readonly lines: AsyncIterable<string>;
  /** Resolves when it was taken, however slowly; to false when the other side has gone. */
  write(line: string): Promise<boolean>;
  /** Nothing more comes from here. */
  end(): void;
  cut(): void;
  /** Called once, when the connection is over. */
  gone(then: () => void): void;
}

export interface LocalServer {
  close(): Promise<void>;
}

/** Characters of a line: a screen with all its numbers takes a few hundred thousand. */
const longestLine = 16 * 2 ** 20;
const mostConnections = 64;

async function* splitLines(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  socket.setEncoding('utf8');
  try {
    for await (const chunk of socket as AsyncIterable<string>) {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop()!;
      if (rest.length > longestLine) return socket.destroy();
      yield* lines;
    }
  } catch {
    // The other side has gone; what it had not sent to its end says nothing.
  }
}

function connection(socket: Socket): LocalConnection {
  socket.on('error', () => undefined);
  return {
    lines: splitLines(socket),
    write: (line) =>
      socket.writable ? new Promise((resolve) => void socket.write(`${line}\n`, (error) => resolve(!error))) : Promise.resolve(false),
    end: () => void socket.end(),
    cut: () => void socket.destroy(),
    gone: (then) => void socket.once('close', then),
  };
}

/** Listens at a path. It keeps no program alive. Rejects with the system's error when it cannot. */
export async function listenLocal(path: string, take: (connection: LocalConnection) => void): Promise<LocalServer> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket)).unref();
    take(connection(socket));
  });
  server.maxConnections = mostConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
  server.unref();
  return {
    close: () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      for (const socket of open) socket.destroySoon();
      return closed;
    },
  };
}

/** Connects to who listens at a path. Rejects with the system's error when nobody does. */
export const connectLocal = (path: string): Promise<LocalConnection> =>
  new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(connection(socket));
    });
  });
