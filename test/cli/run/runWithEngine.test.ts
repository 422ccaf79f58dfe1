import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { caducus } from '../../support/caducus.ts';
import { eventLines } from '../../support/durableRun.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

describe('caducus run --engine', () => {
  const folder = temporaryFolder();
  const engine = resolve('test/support/engine/engineModule.ts');
  const file = folder.file('p.yaml');
  before(() => {
    writeFileSync(folder.file('in.ndjson'), eventLines(100));
    const path = (name: string) => JSON.stringify(folder.file(name));
    writeFileSync(
      file,
      `name: p
sources: { in: { file: { path: ${path('in.ndjson')}, format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }, { rank: {} }]
sinks: { out: { ndjson: { path: ${path('radar.ndjson')}, select: [radar] } } }
engine: { partitions: 2, lease: 3s }
`,
    );
  });
  const run = (...more: string[]) => caducus(['run', file, '--data-dir', folder.file('d'), ...more]);

  it('runs the file on the engine of a required module, and says what came of it', async () => {
    const sleep = (_ms: number, signal?: AbortSignal) => new Promise<void>((done) => (signal?.aborted ? done() : void setImmediate(done)));
    const io = { ...testIo(), sleep };
    const args = ['run', file, '--data-dir', folder.file('d'), '--require', engine, '--engine', 'memory://here'];
    expect(await main(args, '0.0.0-test', io)).to.equal(0);
    const err = io.stderr.text;
    expect(err)
      .to.contain('keeps one copy')
      .and.to.match(/received +100/);
    expect(readFileSync(folder.file('radar.ndjson'), 'utf8')).to.contain('"kind":"radar"');
  });

  for (const [flag, ...value] of [
    ['--fresh'],
    ['--dry-run'],
    ['--watch'],
    ['--accept-changes'],
    ['--workers', '2'],
    ['--record', 'r'],
  ] as const)
    it(`refuses ${flag} beside it`, async () => {
      const { exit, err } = await run('--engine', 'memory://here', flag, ...value);
      expect(exit).to.equal(64);
      expect(err).to.contain(`--engine and ${flag} exclude each other`);
    });

  it('says what to install, and what is no engine', async () => {
    expect((await run('--engine', 'kafka://here')).err).to.contain('no engine "kafka"');
    expect((await run('--engine', 'here')).err).to.contain('is no address');
  });

  it('says that a pipeline is not shared out, and why, and runs it', async () => {
    const other = folder.file('other.yaml');
    writeFileSync(other, readFileSync(file, 'utf8').replace('name: p', 'name: other').replace('window: 1m', 'window: 1m, max_groups: 2'));
    const sleep = (_ms: number, signal?: AbortSignal) => new Promise<void>((done) => (signal?.aborted ? done() : void setImmediate(done)));
    const io = { ...testIo(), sleep };
    const more = ['--data-dir', folder.file('d'), '--require', engine, '--engine', 'memory://here'];
    expect(await main(['run', other, ...more], '0.0.0-test', io)).to.equal(0);
    expect(io.stderr.text)
      .to.contain('work in one process, and in another when that ends: memory counts its keys (max_groups)')
      .and.to.match(/received +100/);
    const looking = testIo();
    expect(await main(['status', other, ...more], '0.0.0-test', looking)).to.equal(0);
    expect(looking.stdout.text).to.contain('operators in one place').and.not.to.contain('partition').and.not.to.contain('OTHER');
  });

  it('refuses what cannot be run so, before it connects to anything', async () => {
    const other = folder.file('expecting.yaml');
    const http = '{ memory: { embedder: { http: { url: "http://localhost:1/v1", model: m } } } }';
    writeFileSync(other, readFileSync(file, 'utf8').replace('{ memory: { window: 1m } }', http));
    const { exit, err } = await caducus(['run', other, '--engine', 'kafka://here']);
    expect(exit).to.equal(64);
    expect(err).to.contain('--engine cannot run this pipeline yet: memory waits for the vectors of its embedder');
  });

  it('refuses a lease that a busy process would lose', async () => {
    const other = folder.file('short.yaml');
    writeFileSync(other, readFileSync(file, 'utf8').replace('lease: 3s', 'lease: 1s'));
    const { exit, out } = await caducus(['validate', other]);
    expect(exit).to.equal(78);
    expect(out).to.contain('at least 3s');
  });
});
