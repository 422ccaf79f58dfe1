import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { eventLines } from '../../support/durableRun.ts';
import { opened } from '../../support/engine/engineModule.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

describe('caducus status --engine', () => {
  const folder = temporaryFolder();
  const file = folder.file('p.yaml');
  const url = 'memory://status';
  const more = ['--require', resolve('test/support/engine/engineModule.ts'), '--engine', url];
  const pipeline = (window: string) => `name: p
sources: { in: { file: { path: ${JSON.stringify(folder.file('in.ndjson'))}, format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: ${window} } }, { rank: {} }]
sinks: { out: { ndjson: { path: ${JSON.stringify(folder.file('radar.ndjson'))}, select: [radar] } } }
engine: { partitions: 2, lease: 3s }
`;
  before(() => {
    writeFileSync(folder.file('in.ndjson'), eventLines(100));
    writeFileSync(file, pipeline('1m'));
  });
  after(() => opened.clear());
  async function caducus(...args: string[]) {
    const sleep = (_ms: number, signal?: AbortSignal) => new Promise<void>((done) => (signal?.aborted ? done() : void setImmediate(done)));
    const io = { ...testIo(), ...(args[0] === 'run' && { sleep }) };
    const exit = await main([...args, '--data-dir', folder.file('d'), ...more], '1.2.3', io);
    return { exit, out: io.stdout.text, err: io.stderr.text };
  }

  it('says that nothing is there before anything ran, and leaves it so', async () => {
    const { exit, err } = await caducus('status', file);
    expect(exit).to.equal(64);
    expect(err).to.contain('CAD040').and.to.contain('nothing of a pipeline "p"');
    expect([...opened]).to.deep.equal([]);
  });

  it('shows what is known once it has run, and whether the file at hand is that', async () => {
    expect((await caducus('run', file)).exit).to.equal(0);
    const { exit, out } = await caducus('status', file);
    expect(exit).to.equal(0);
    expect(out).to.contain('ENGINE  p     stopped').and.to.contain('release 1.2.3').and.to.contain('d/state/p').and.not.to.contain('OTHER');
    const engine = opened.get(`${url} p`)!;
    const before = engine.messages.length;
    const json = JSON.parse((await caducus('status', file, '--json')).out) as { works: { work: string; behind: number | null }[] };
    expect(json.works.map(({ work, behind }) => [work, behind])).to.deep.equal([
      ['sequencer', null],
      ['partition.0', 0],
      ['partition.1', 0],
      ['desk', 0],
      ['writer', 0],
    ]);
    expect([engine.messages.length, engine.holds.size]).to.deep.equal([before, 0]);
    const other = folder.file('other.yaml');
    writeFileSync(other, pipeline('2m'));
    expect((await caducus('status', other)).out).to.contain('OTHER');
  });

  it('needs the file', async () => {
    const { exit, err } = await caducus('status');
    expect(exit).to.equal(64);
    expect(err).to.contain('--engine needs the pipeline file');
  });
});
