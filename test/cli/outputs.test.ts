import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { main } from '../../src/cli/program.ts';
import { nodeFiles, nodeIo, type Files, type Io } from '../../src/io.ts';
import { caducus } from '../support/caducus.ts';
import { temporaryFolder, testIo } from '../support/testIo.ts';

const start = Date.UTC(2026, 2, 14, 3);
const lines = (many: number) =>
  Array.from({ length: many }, (_, i) => `${new Date(start + i * 1000).toISOString()} INFO api: served ${i}\n`).join('');
const failing = (code: string): never => {
  throw Object.assign(new Error(`${code}: refused`), { code, path: '/data/state' });
};

/** A disk on which nothing can be written, in the words of the system. */
const unwritable = (code: string): Files => ({
  ...nodeFiles,
  writeSync: () => failing(code),
  makeFolder: async () => failing(code),
  open: async (path, flags, mode) => (flags === 'r' ? nodeFiles.open(path, flags, mode) : failing(code)),
});

async function run(args: string[], change: Partial<Io>): Promise<{ exit: number; out: string; err: string }> {
  const io = testIo({ env: { HOME: '/nonexistent' } });
  const exit = await main(args, '0.0.0-test', { ...io, ...change });
  return { exit, out: io.stdout.text, err: io.stderr.text };
}

describe('where nothing can be written', () => {
  const folder = temporaryFolder();
  const log = () => {
    writeFileSync(folder.file('app.log'), lines(600));
    return folder.file('app.log');
  };

  for (const code of ['EACCES', 'EROFS', 'ENOSPC']) {
    it(`radar prints all the same and says that nothing is kept (${code})`, async () => {
      const { exit, out, err } = await run(['radar', log(), '--data-dir', folder.file('data')], { files: unwritable(code) });
      expect(exit).to.equal(0);
      expect(out).to.contain('RADAR  log:app.log').and.to.contain('served <n>');
      expect(err).to.contain(`(${code})`).and.to.contain('Nothing is kept for explain');
    });

    it(`a run ends before it begins, with the place and 74 (${code})`, async () => {
      writeFileSync(
        folder.file('run.yaml'),
        `name: p\nsources: { log: { file: { path: ${log()} } } }\nsinks: { out: { console: { view: events } } }\n`,
      );
      const { exit, err } = await run(['run', folder.file('run.yaml'), '--data-dir', folder.file('data')], { files: unwritable(code) });
      expect([exit, err.split('\n').length]).to.deep.equal([74, 3]);
      expect(err)
        .to.match(/^error CAD011 {2}/)
        .and.to.contain(`(${code})`);
    });
  }

  it('a data folder below a file is none, and said to be so', async () => {
    const { exit, err } = await caducus(['radar', log(), '--data-dir', `${log()}/data`]);
    expect([exit, err.includes('ENOTDIR')]).to.deep.equal([0, true]);
  });
});

describe('standard output', () => {
  const folder = temporaryFolder();
  /** A screen that takes some writes, then none. */
  const closing = (takes: number, failure: Error | null): Io['stdout'] => {
    let left = takes;
    return {
      isTTY: false,
      columns: 80,
      write: async () => (left -= 1) >= 0,
      get failure() {
        return left < 0 ? failure : null;
      },
    };
  };
  const pipeline = () => {
    writeFileSync(folder.file('app.log'), lines(200_000));
    writeFileSync(
      folder.file('run.yaml'),
      `name: p\nsources: { log: { file: { path: ${folder.file('app.log')} } } }\ncheckpoint: { events: 1000 }\nsinks: { out: { console: { view: events } } }\n`,
    );
    return folder.file('run.yaml');
  };

  it('whose reader has gone ends a run early, cleanly, with a checkpoint', async () => {
    const data = folder.file('gone');
    const { exit, err } = await run(['run', pipeline(), '--data-dir', data], { stdout: closing(1, null) });
    expect([exit, /stopped, exit 0/.test(err)], err).to.deep.equal([0, true]);
    expect(readdirSync(`${data}/state/p`).some((name) => name.startsWith('checkpoint-'))).to.equal(true);
    expect(existsSync(`${data}/state/p/lock`)).to.equal(false);
  });

  it('that is full ends it as cleanly, and with 74', async () => {
    const full = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
    const { exit, err } = await run(['run', pipeline(), '--data-dir', folder.file('full')], { stdout: closing(1, full) });
    expect([exit, /stopped, exit 0/.test(err)]).to.deep.equal([74, true]);
    expect(err).to.contain('CAD011  standard output: no space is left on the disk (ENOSPC)');
  });
});

describe('SIGHUP', () => {
  const folder = temporaryFolder();
  it('drains a run as SIGTERM does', async () => {
    writeFileSync(folder.file('app.log'), lines(10));
    const yaml = folder.file('run.yaml');
    writeFileSync(
      yaml,
      `name: p\nsources: { log: { file: { path: ${folder.file('app.log')} } } }\nsinks: { out: { console: { view: events } } }\n`,
    );
    // By the real clock: a followed file is looked at now and then.
    const { stdout, stderr, env } = testIo({ env: { HOME: '/nonexistent' } });
    const hangingUp = { ...stdout, write: async (text: string) => (text.includes('served 5') && process.emit('SIGHUP', 'SIGHUP'), true) };
    const args = ['run', yaml, '--follow', '--data-dir', folder.file('data')];
    const exit = await main(args, '0.0.0-test', { ...nodeIo(), stdout: hangingUp, stderr, env });
    expect([exit, /stopped, exit 0/.test(stderr.text)], stderr.text).to.deep.equal([0, true]);
  });
});

describe('an error that nobody caught', () => {
  const folder = temporaryFolder();
  it('is a line, a code and what to do, never the program itself', () => {
    writeFileSync(
      folder.file('bad.mjs'),
      "setTimeout(() => { throw new TypeError('deep down'); }, 0);\nawait new Promise(() => setInterval(() => {}, 1000));\n",
    );
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ['--import=tsx', 'src/cli/main.ts', 'list', '--require', folder.file('bad.mjs')],
      { encoding: 'utf8', timeout: 60_000 },
    );
    expect([status, stdout]).to.deep.equal([70, '']);
    expect(stderr).to.equal('error CAD001  deep down\n  This is a bug in caducus. Please report it with the command you ran.\n');
  });
});

describe('what was mostly rejected', () => {
  const folder = temporaryFolder();
  const broken = (many: number) =>
    `${Array.from({ length: many }, (_, i) => `{"time":"2026-03-14T03:00:00Z","msg": ${'x'.repeat(i % 50)}`).join('\n')}\n{"time":"2026-03-14T03:00:00Z","msg":"ok"}\n`;

  it('is exit 65, after the radar of the rest; rejected ls has it', async () => {
    writeFileSync(folder.file('bad.ndjson'), broken(1100));
    const { exit, out, err } = await caducus(['radar', folder.file('bad.ndjson'), '--format', 'ndjson', '--data-dir', folder.path]);
    expect([exit, out.includes('1 event, 1 pattern')], err).to.deep.equal([65, true]);
    expect(err).to.contain('1100 of 1101 records were rejected');
    const ls = await caducus(['rejected', 'ls', '--limit', '1', '--data-dir', folder.path]);
    expect(ls.out).to.contain('1,100 rejected').and.not.to.contain('retry');
    expect(err + ls.out).not.to.contain('xxx');
  });

  it('is forgotten with the next radar', async () => {
    writeFileSync(folder.file('good.ndjson'), broken(0));
    await caducus(['radar', folder.file('good.ndjson'), '--data-dir', folder.path]);
    expect((await caducus(['rejected', 'ls', '--data-dir', folder.path])).out).to.equal('Nothing was rejected.\n');
  });
});
