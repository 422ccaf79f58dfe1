import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const versions = '/usr/lib/postgresql';
/** Where Debian lays the programs of the newest version; null where there is none. */
const home = existsSync(versions)
  ? (readdirSync(versions)
      .toSorted((a, b) => Number(b) - Number(a))
      .map((version) => join(versions, version, 'bin'))
      .find((bin) => existsSync(join(bin, 'initdb'))) ?? null)
  : null;

/** PostgreSQL does not run as root: there it runs as the user that its package makes. */
function findUser(): { uid: number; gid: number } | null | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const ask = (flag: string) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  const [uid, gid] = [ask('-u'), ask('-g')];
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}
const user = findUser();

/** A suite that needs a real server; without one it is skipped by name. */
export function withPostgres(title: string, suite: (this: Mocha.Suite) => void): void {
  if (home !== null && user !== null) describe(title, suite);
  else describe.skip(`${title} (needs PostgreSQL: apt-get install postgresql)`, suite);
}

/** A server of its own, with a port and a folder of its own, which outlive its process. The user postgres has the password `secret`. */
export class PostgresServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'caducus-postgres-'));
  #port = 0;
  #child: ChildProcess | null = null;

  static async start(): Promise<PostgresServer> {
    const server = new PostgresServer();
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    server.#port = (listener.address() as AddressInfo).port;
    listener.close();
    writeFileSync(join(server.folder, 'password'), 'secret');
    if (user) for (const path of [server.folder, join(server.folder, 'password')]) chownSync(path, user.uid, user.gid);
    execFileSync(
      join(home!, 'initdb'),
      [
        '-D',
        join(server.folder, 'data'),
        '-U',
        'postgres',
        '--pwfile',
        join(server.folder, 'password'),
        '-A',
        'scram-sha-256',
        '-N',
        '-E',
        'UTF8',
        '--locale=C',
      ],
      { stdio: 'pipe', ...user },
    );
    await server.begin();
    return server;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.#port}/postgres`;
  }

  /** Starts the process; resolves when it takes connections. */
  async begin(): Promise<void> {
    const settings = [
      'listen_addresses=127.0.0.1',
      `port=${this.#port}`,
      `unix_socket_directories=${this.folder}`,
      'fsync=off',
      'shared_buffers=16MB',
    ];
    this.#child = spawn(join(home!, 'postgres'), ['-D', join(this.folder, 'data'), ...settings.flatMap((one) => ['-c', one])], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...user,
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: this.#child.stderr! })) {
      lines.push(line);
      if (line.includes('ready to accept connections')) break;
    }
    if (this.#child.exitCode !== null) throw new Error(`postgres did not start:\n${lines.join('\n')}`);
    this.#child.stderr!.resume();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    child.kill('SIGQUIT');
    await once(child, 'close');
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
