import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, at once and on both sides, with what was on its way. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** Bytes that the server has sent so far. */
  received = 0;
  /** Nobody gets through. */
  isClosed = false;
  /** Called with each piece that the server sends. */
  passed: () => void = () => undefined;

  private constructor(port: number) {
    this.#server = createServer((near) => {
      if (this.isClosed) return void near.destroy();
      const far = connect(port, '127.0.0.1');
      for (const socket of [near, far]) {
        this.#open.add(socket);
        socket.on('error', () => undefined);
        socket.once('close', () => {
          this.#open.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far);
      far.on('data', (bytes) => {
        this.received += bytes.length;
        near.write(bytes);
        this.passed();
      });
    });
  }

  static async start(port: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(port);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return `nats://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    for (const socket of this.#open) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
