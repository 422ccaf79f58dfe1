import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';

const program = 'nats-server';
/** Where the tests must not be skipped, as in CI. */
const required = process.env['REQUIRE_ENGINES'] === '1';
const isThere = spawnSync(program, ['--version']).status === 0;

/** A suite that needs a real server; without one it is skipped by name, or fails where it is required. */
export function withNats(title: string, suite: (this: Mocha.Suite) => void): void {
  const body = function (this: Mocha.Suite) {
    this.timeout(120_000);
    suite.call(this);
  };
  if (isThere || required) describe(title, body);
  else describe.skip(`${title} (needs nats-server: apt-get install nats-server)`, body);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A server of its own, with a port and a folder of its own, which outlive its process. */
export class NatsServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'caducus-nats-'));
  readonly #port: number;
  readonly #settings: string;
  #child: ChildProcess | null = null;
  readonly #clients: NatsConnection[] = [];

  private constructor(port: number, settings: string) {
    this.#port = port;
    this.#settings = settings;
  }

  /**
   * @param settings lines of its configuration beside the address; FOLDER and STORE stand for folders of its own
   * @param files texts of files that these name
   */
  static async start(settings = 'jetstream: { store_dir: "STORE" }', files: Record<string, string> = {}): Promise<NatsServer> {
    const server = new NatsServer(await freePort(), settings);
    for (const [name, text] of Object.entries(files)) writeFileSync(server.file(name), text);
    await server.begin();
    return server;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.#port}`;
  }

  get pid(): number {
    return this.#child!.pid!;
  }

  readonly file = (name: string): string => join(this.folder, name);

  /** Starts the process, with other settings where they are given; resolves when it takes connections. */
  async begin(given = this.#settings): Promise<void> {
    const config = this.file('server.conf');
    const settings = given.replaceAll('STORE', this.file('store')).replaceAll('FOLDER', this.folder);
    writeFileSync(config, `listen: "127.0.0.1:${this.#port}"\n${settings}\n`);
    this.#child = spawn(program, ['--config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
    const lines: string[] = [];
    for await (const line of createInterface({ input: this.#child.stderr! })) {
      lines.push(line);
      if (line.includes('Server is ready')) break;
    }
    if (this.#child.exitCode !== null) throw new Error(`nats-server did not start:\n${lines.join('\n')}`);
    this.#child.stderr!.resume();
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    child.kill(signal);
    await once(child, 'close');
  }

  async client(options: NodeConnectionOptions = {}): Promise<{ nc: NatsConnection; js: JetStreamClient; jsm: JetStreamManager }> {
    const nc = await connect({ servers: this.url, maxReconnectAttempts: -1, reconnectTimeWait: 100, ...options });
    this.#clients.push(nc);
    return { nc, js: jetstream(nc), jsm: await jetstreamManager(nc) };
  }

  async stop(): Promise<void> {
    await Promise.all(this.#clients.map((nc) => nc.close()));
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
