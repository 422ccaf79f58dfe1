import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';

const run = promisify(execFile);

/** Commands that need what a test does not have. Each is named with the reason; everything else is run. */
const outside: [pattern: RegExp, needs: string][] = [
  [/^journalctl /, "the system's journal"],
  [/^kubectl /, 'a cluster'],
  [/^docker /, 'a container engine'],
  [/^(?:sudo |systemctl )/, 'an init system'],
  [/^aws /, 'an AWS account'],
  [/^npm (?:ci|install|i) /, 'the package registry; test/package has it'],
  [/^npm run eval:/, 'minutes; bench/ has it'],
  [/^caducus model /, 'a download of 28 MB'],
  [/^(?:\w+=\S+ )*caducus run (?:\.\/)?(?:cloudwatch|dlq|ops|alerts)-radar/, 'AWS, or a listener that never ends'],
  [/^caducus demo download/, 'a download'],
  [/--follow|^caducus (?:collect|status)/, 'a run that never ends'],
];

/** Commands of the fenced `sh` blocks of a page, continued lines joined, comments left out. */
function commandsOf(page: string): string[] {
  const blocks = [...readFileSync(page, 'utf8').matchAll(/^```(?:sh|bash)\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);
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

const pages = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].filter((page) => commandsOf(page).length > 0);

describe('the commands of the documentation', function () {
  this.timeout(60_000);
  let folder = '';
  let bin = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'caducus-docs-'));
    bin = join(folder, 'bin');
    mkdirSync(bin);
    // `caducus` and `npx caducus` mean these sources, bundled as they are published; two folders below package.json as there.
    execFileSync(process.execPath, ['scripts/bundle.mjs', '.caducus/bin'], { stdio: 'inherit' });
    writeFileSync(join(bin, 'caducus'), `#!/bin/sh\nexec ${process.execPath} ${resolve('.caducus/bin/caducus.js')} "$@"\n`);
    writeFileSync(join(bin, 'npx'), '#!/bin/sh\nexec "$@"\n');
    for (const name of ['caducus', 'npx']) chmodSync(join(bin, name), 0o755);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const page of pages) {
    describe(page, () => {
      const where = { path: '' };
      before(() => {
        where.path = join(folder, page.replaceAll('/', '-'));
        mkdirSync(where.path);
        // What a reader has: the package's own files beside them, and a log of theirs.
        for (const name of ['fixtures', 'pipelines', 'examples']) cpSync(name, join(where.path, name), { recursive: true });
        mkdirSync(join(where.path, 'node_modules'));
        symlinkSync(resolve('.'), join(where.path, 'node_modules/caducus'));
        cpSync('pipelines/hdfs-radar.yaml', join(where.path, 'radar.yaml'));
        cpSync('fixtures/requests.log', join(where.path, 'app.log'));
        cpSync('fixtures/spend-guard/in.ndjson', join(where.path, 'events.ndjson'));
      });

      for (const [i, command] of commandsOf(page).entries()) {
        const skipped = outside.find(([pattern]) => pattern.test(command.replace(/^npx /, '')));
        if (skipped) {
          it.skip(`${i + 1}. ${command} (needs ${skipped[1]})`);
          continue;
        }
        it(`${i + 1}. ${command}`, async () => {
          const script = `cd "${where.path}" || exit 1\nset -e -o pipefail\n${command}\npwd > "${folder}/pwd"`;
          const env = { ...process.env, NODE_OPTIONS: '', HOME: folder, PATH: `${bin}${delimiter}${process.env['PATH']}` };
          const { stdout, stderr } = await run('bash', ['-c', script], { env, maxBuffer: 1 << 26 });
          expect(`${stdout}${stderr}`).not.to.match(/error CAD\d+/);
          where.path = readFileSync(join(folder, 'pwd'), 'utf8').trim();
        });
      }
    });
  }
});
