import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { outside, PageShell, readCommands } from '../support/docs/pageShell.ts';

interface Packed {
  filename: string;
  size: number;
  files: { path: string; mode: number }[];
}

const own = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
/** npm hands its settings down in the environment; what is started here has to begin afresh. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|NODE_OPTIONS$)/i.test(name)));
const run = (file: string, args: string[], cwd: string) =>
  execFileSync(file, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

describe('the package', function () {
  this.timeout(180_000);
  let folder = '';
  let packed: Packed;

  before(() => {
    if (!existsSync('dist/bin/caducus.js') || !existsSync('dist/src/index.d.ts')) run('npm', ['run', 'build'], '.');
    folder = mkdtempSync(join(tmpdir(), 'caducus-package-'));
    [packed] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], '.')) as [Packed];
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const paths = () => packed.files.map((file) => file.path);

  it('holds the program, the library with its types, pipelines, fixtures and docs', () => {
    expect(paths()).to.include.members([
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'dist/bin/caducus.js',
      'dist/bin/program.cjs',
      'dist/src/index.js',
      'dist/src/index.d.ts',
      'dist/src/embedders/use/worker.js',
      'pipelines/hdfs-radar.yaml',
      'fixtures/demo_hdfs_sample.csv',
      'docs/tutorial.md',
      'deploy/caducus@.service',
      'docs/pipeline.schema.json',
    ]);
    expect(packed.files.find(({ path }) => path === 'dist/bin/caducus.js')!.mode & 0o111).to.equal(0o111);
  });

  it('holds nothing else: no sources, tests, data, maps or secrets', () => {
    const tops = new Set(paths().map((path) => path.split('/')[0]));
    expect([...tops].toSorted()).to.deep.equal([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'deploy',
      'dist',
      'docs',
      'fixtures',
      'package.json',
      'pipelines',
    ]);
    expect(paths().filter((path) => /(?<!\.d)\.ts$|\.map$|\.test\.|(?:^|\/)\.|node_modules|\.pem$/.test(path))).to.deep.equal([]);
  });

  it('is small', () => expect(packed.size).to.be.lessThan(4_000_000));

  describe('installed into an empty project', () => {
    let project = '';
    before(() => {
      project = join(folder, 'project');
      mkdirSync(project);
      writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
      run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, packed.filename)], project);
    });

    it('runs its program', () => {
      const bin = join(project, 'node_modules/.bin/caducus');
      expect(run(bin, ['--version'], project)).to.equal(`${own.version}\n`);
      expect(run(bin, ['validate', 'hdfs-radar'], project)).to.contain('ok: 1 source');
      run(bin, ['demo', 'init'], project);
      expect(run(bin, ['radar', 'quiet.log', 'incident.log'], project)).to.contain('Disk failure on dn2');
    });

    it('gives its library to JavaScript', () => {
      const code =
        "import { checkBudget, operators } from 'caducus'; console.log(checkBudget({ currentSpend: 9, budgetLimit: 10 }).isWarning, operators.length > 5);";
      expect(run(process.execPath, ['--input-type=module', '-e', code], project)).to.equal('true true\n');
    });

    it('gives its types to TypeScript, and refuses what does not fit', () => {
      writeFileSync(
        join(project, 'good.ts'),
        "import { checkBudget, memory, run, type Event } from 'caducus';\nexport const text = (event: Event): string => event.text;\nexport const ratio: number = checkBudget({ currentSpend: 1, budgetLimit: 2 }).usageRatio;\nexport const operator = memory({ window: '5m' });\nrun('radar.yaml').subscribe();\n",
      );
      writeFileSync(
        join(project, 'bad.ts'),
        "import { checkBudget } from 'caducus';\nexport const ratio: string = checkBudget({ currentSpend: 1, budgetLimit: 2 }).usageRatio;\n",
      );
      const check = (file: string) =>
        run(
          resolve('node_modules/.bin/tsc'),
          ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--skipLibCheck', '--types', '', file],
          project,
        );
      const complaints = (file: string) => {
        try {
          return check(file);
        } catch (error) {
          return (error as { stdout: string }).stdout;
        }
      };
      expect(complaints('good.ts')).to.equal('');
      expect(complaints('bad.ts')).to.match(/^bad\.ts\(2,14\): error TS2322: Type 'number' is not assignable to type 'string'/);
    });
  });

  describe('installed globally into an empty prefix', () => {
    let prefix = '';
    let shell: PageShell;
    let installing: { status: number | null; stderr: string };
    before(() => {
      prefix = join(folder, 'prefix');
      const args = [
        'install',
        '--global',
        '--prefix',
        prefix,
        '--prefer-offline',
        '--no-audit',
        '--no-fund',
        join(folder, packed.filename),
      ];
      installing = spawnSync('npm', args, { cwd: folder, env, encoding: 'utf8' });
      shell = new PageShell(join(prefix, 'bin/caducus'));
    });
    after(() => shell.close());

    it('warns of nothing but that what comes from a file has a `prepare`, which is not run', () => {
      const lines = installing.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('npm warn install-scripts'));
      expect({ status: installing.status, lines }).to.deep.equal({ status: 0, lines: [] });
      expect(installing.stderr.match(/\S+ \((?:pre|post)?install:/g)).to.equal(null);
    });

    it('takes less than 60 MB, with all that it needs', () => {
      const files = readdirSync(prefix, { recursive: true, encoding: 'utf8' }).map((path) => lstatSync(join(prefix, path)));
      const bytes = files.filter((file) => file.isFile()).reduce((sum, { size }) => sum + size, 0);
      expect(bytes / 1e6).to.be.lessThan(60);
    });

    describe('runs the tutorial', () => {
      const where = { path: '' };
      before(() => (where.path = shell.open('tutorial')));
      for (const [i, command] of readCommands(readFileSync('docs/tutorial.md', 'utf8')).entries()) {
        if (outside.some(([pattern]) => pattern.test(command))) continue;
        it(`${i + 1}. ${command}`, async () => {
          const { text, cwd } = await shell.run(command, where.path);
          expect(text).not.to.match(/error CAD\d+/);
          where.path = cwd;
        });
      }
    });
  });
});
