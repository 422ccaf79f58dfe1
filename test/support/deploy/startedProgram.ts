import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as realTime } from 'node:timers/promises';

/** The user that nothing belongs to, on every Linux. */
export const nobody = 65_534;

/** The program installed as a package is, in a folder of its own; `remove` takes it away. */
export function installProgram(): { program: string; folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'caducus-deploy-'));
  const installed = join(folder, 'caducus');
  mkdirSync(installed);
  for (const name of ['package.json', 'pipelines']) cpSync(name, join(installed, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/bundle.mjs', join(installed, 'dist/bin')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  chmodSync(folder, 0o755);
  return { program: join(installed, 'dist/bin/caducus.js'), folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Whether somebody without rights can run what was installed here: only root can become them, and a checkout may be out of their reach. */
export const runsAsNobody = (): boolean =>
  process.getuid?.() === 0 &&
  spawnSync(process.execPath, ['--eval', `require(${JSON.stringify(resolve('node_modules/pino'))})`], { uid: nobody, gid: nobody, env: {} })
    .status === 0;

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** A program that goes on until it is told to end. */
export class StartedProgram {
  /** What it has written. */
  text = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #over = false;

  constructor(argv: readonly string[], options: { env: NodeJS.ProcessEnv; cwd: string; uid?: number; program?: string }) {
    const { uid, program = process.execPath } = options;
    this.#child = spawn(program, argv, { ...options, ...(uid !== undefined && { gid: uid }), stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) stream.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    this.#ended = new Promise((done) => this.#child.once('close', done));
    void this.#ended.then(() => (this.#over = true));
  }

  /** Waits until this address answers 200 with that in it; throws what the program wrote when it ends before. */
  async answers(url: string, pattern = /^/): Promise<void> {
    for (;;) {
      const response = await fetch(url).catch(() => null);
      if (response?.status === 200 && pattern.test(await response.text())) return;
      if (this.#over) throw new Error(`it ended: ${this.text}`);
      await realTime(10);
    }
  }

  /** Waits until it has written that; throws what it wrote when it ends before. */
  async says(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.text)) {
      if (this.#over) throw new Error(`it ended: ${this.text}`);
      await realTime(10);
    }
  }

  /** Tells it to end, as an init system does, or in another way; its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal);
    return this.#ended;
  }
}
