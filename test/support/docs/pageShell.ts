import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { StartedProgram } from '../deploy/startedProgram.ts';

/** Commands that need what a test does not have. Each is named with the reason; everything else is run. */
export const outside: [pattern: RegExp, needs: string][] = [
  [/^journalctl /, "the system's journal"],
  [/^kubectl /, 'a cluster'],
  [/^docker /, 'a container engine'],
  [/^(?:sudo |systemctl )/, 'an init system'],
  [/^aws /, 'an AWS account'],
  [/^npm (?:ci|install|i) /, 'the package registry; test/package has it'],
  [/^npm run eval:/, 'minutes; bench/ has it'],
  [/^caducus model /, 'a download of 28 MB'],
  [/^(?:\w+=\S+ )*caducus run (?:\.\/)?(?:cloudwatch|dlq|ops)-radar/, 'AWS'],
  [/^caducus demo download/, 'a download'],
  [/--follow|createServer|PAGE_URL=|run alerts-radar/, 'a run that never ends, or one that listens; test/docs/leftOn.test.ts has them'],
  [/^caducus collect/, 'AWS'],
];

/** Commands of the fenced `sh` blocks of a page's text, continued lines joined, comments left out. */
export function readCommands(markdown: string): string[] {
  const blocks = [...markdown.matchAll(/^```(?:sh|bash)\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);
  return blocks
    .flatMap((text) => text.replaceAll('\\\n', ' ').split('\n'))
    .map((line) =>
      line
        .replace(/\s+#\s.*$/, '')
        .replace(/^\$ /, '')
        .trim(),
    )
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** A shell in which `caducus` and `npx caducus` mean these sources, bundled as they are published. */
export class PageShell {
  readonly folder = mkdtempSync(join(tmpdir(), 'caducus-docs-'));
  readonly #bin = join(this.folder, 'bin');
  readonly #started: StartedProgram[] = [];

  /** With `program` another program is `caducus`, such as one that npm installed. */
  constructor(program?: string) {
    mkdirSync(this.#bin);
    // Two folders below package.json, as there; one for each process.
    const bundled = resolve(`.caducus/bin-${process.pid}`);
    if (program === undefined) execFileSync(process.execPath, ['scripts/bundle.mjs', bundled], { stdio: 'inherit' });
    const command = program ?? `${process.execPath} ${join(bundled, 'caducus.js')}`;
    writeFileSync(join(this.#bin, 'caducus'), `#!/bin/sh\nexec ${command} "$@"\n`);
    writeFileSync(join(this.#bin, 'npx'), '#!/bin/sh\nexec "$@"\n');
    for (const name of ['caducus', 'npx']) chmodSync(join(this.#bin, name), 0o755);
  }

  /** A folder with what a reader has: the package's own files beside them, and a log of theirs. */
  open(name: string): string {
    const path = join(this.folder, name.replaceAll('/', '-'));
    mkdirSync(path);
    for (const one of ['fixtures', 'pipelines', 'examples']) cpSync(one, join(path, one), { recursive: true });
    mkdirSync(join(path, 'node_modules'));
    symlinkSync(resolve('.'), join(path, 'node_modules/caducus'));
    cpSync('pipelines/hdfs-radar.yaml', join(path, 'radar.yaml'));
    cpSync('fixtures/requests.log', join(path, 'app.log'));
    cpSync('fixtures/spend-guard/in.ndjson', join(path, 'events.ndjson'));
    return path;
  }

  /** Runs a command there; what it printed, and the folder that it left the shell in. Throws when it fails. */
  async run(command: string, cwd: string): Promise<{ text: string; cwd: string }> {
    const script = `cd "${cwd}" || exit 1\nset -e -o pipefail\n${command}\npwd > "${this.folder}/pwd"`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { env: this.#env(), maxBuffer: 1 << 26 });
    return { text: `${stdout}${stderr}`, cwd: readFileSync(join(this.folder, 'pwd'), 'utf8').trim() };
  }

  /** Starts a command that goes on until it is stopped. */
  start(command: string, cwd: string): StartedProgram {
    const started = new StartedProgram(['-c', command], { program: 'bash', env: this.#env(), cwd });
    this.#started.push(started);
    return started;
  }

  #env(): NodeJS.ProcessEnv {
    return { ...process.env, NODE_OPTIONS: '', HOME: this.folder, PATH: `${this.#bin}${delimiter}${process.env['PATH']}` };
  }

  close(): void {
    for (const one of this.#started) void one.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(`.caducus/bin-${process.pid}`, { recursive: true, force: true });
  }
}
