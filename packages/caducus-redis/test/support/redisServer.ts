import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const program = 'redis-server';

/** A suite that needs a real server; without one it is skipped by name. */
export function withRedis(title: string, suite: (this: Mocha.Suite) => void): void {
  if (spawnSync(program, ['--version']).status === 0) describe(title, suite);
  else describe.skip(`${title} (needs redis-server: apt-get install redis-server)`, suite);
}

/** A server of its own, with a port and a folder of its own, which outlive its process. */
export class RedisServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'caducus-redis-'));
  #port = 0;
  #child: ChildProcess | null = null;

  static async start(): Promise<RedisServer> {
    const server = new RedisServer();
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    server.#port = (listener.address() as AddressInfo).port;
    listener.close();
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Starts the process; resolves when it takes connections. */
  async begin(): Promise<void> {
    const settings = [
      '--port',
      String(this.#port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.#folder,
      '--save',
      '',
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
    ];
    this.#child = spawn(program, settings, { stdio: ['ignore', 'pipe', 'ignore'] });
    for await (const line of createInterface({ input: this.#child.stdout! })) if (line.includes('Ready to accept connections')) break;
    if (this.#child.exitCode !== null) throw new Error('redis-server did not start');
    this.#child.stdout!.resume();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
