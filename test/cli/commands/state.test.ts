import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { eventLines } from '../../support/durableRun.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

async function caducus(...args: string[]) {
  const io = testIo({ env: { HOME: '/nonexistent' } });
  const exit = await main(args, '0.0.0-test', io);
  return { exit, out: io.stdout.text, err: io.stderr.text };
}

describe('caducus state', () => {
  const folder = temporaryFolder();
  const pipeline = () => folder.file('p.yaml');
  const data = () => ['--data-dir', folder.file('d')];
  before(async () => {
    writeFileSync(folder.file('in.ndjson'), eventLines(60, { inOrder: true }));
    writeFileSync(
      pipeline(),
      `name: watch
sources: { in: { file: { path: "${folder.file('in.ndjson')}", format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }]
sinks: { out: { ndjson: { path: "${folder.file('out.ndjson')}" } } }
`,
    );
    await caducus('run', pipeline(), ...data());
    // What was last on the screen is kept beside the state of the pipelines.
    writeFileSync(folder.file('d/state/shown.json'), '{}');
  });

  it('ls names each pipeline with the checkpoint its next run goes on from', async () => {
    const { out, exit } = await caducus('state', 'ls', ...data());
    expect(exit).to.equal(0);
    expect(out)
      .to.match(/checkpoint +written +size +records +newest event +process +pipeline/)
      .and.to.match(/\d +2\d{3}-.* 60 .* - +watch/);
    const rows = JSON.parse((await caducus('state', 'ls', '--json', ...data())).out) as { pipeline: string; records: number; pid: null }[];
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({ pipeline: 'watch', records: 60, pid: null });
  });

  it('show tells where sources and sinks stand and what the operators hold', async () => {
    const { out } = await caducus('state', 'show', 'watch', ...data());
    expect(out)
      .to.contain('source    in: 60 records')
      .and.to.contain('operator  memory: 4 keys, ')
      .and.to.contain('sink      out (ndjson): {"path":');
  });

  it('rm --operator forgets what one operator knows: all else goes on where it stood', async () => {
    const own = ['--data-dir', folder.file('forgetful')];
    await caducus('run', pipeline(), ...own);
    const unknown = await caducus('state', 'rm', 'watch', '--operator', 'memry', ...own);
    expect([unknown.exit, unknown.err]).to.satisfy(([code, text]: [number, string]) => code === 64 && text.includes('group_by, memory'));
    const { exit, err } = await caducus('state', 'rm', 'watch', '--operator', 'memory', ...own);
    expect(exit, err).to.equal(0);
    expect(err).to.contain('memory starts anew with the next run');
    const { operators, sources } = JSON.parse((await caducus('state', 'show', 'watch', '--json', ...own)).out) as {
      operators: { id: string }[];
      sources: { records: number }[];
    };
    expect([operators.map(({ id }) => id), sources[0]!.records]).to.deep.equal([['group_by'], 60]);
    const again = await caducus('run', pipeline(), ...own);
    expect([again.exit, again.err]).to.satisfy(([code, text]: [number, string]) => code === 0 && text.includes('operator memory is new'));
  });

  it('a change of the keys is refused with what to do, and both ways out of it work', async () => {
    const changed = folder.file('changed.yaml');
    writeFileSync(changed, readFileSync(pipeline(), 'utf8').replace('key: group_id', 'key: source'));
    for (const way of [
      ['run', changed, '--accept-changes'],
      ['state', 'rm', 'watch'],
    ]) {
      const own = ['--data-dir', folder.file(`keys-${way[0]}`)];
      await caducus('run', pipeline(), ...own);
      const refused = await caducus('run', changed, ...own);
      expect(refused.exit).to.equal(78);
      expect(refused.err).to.contain('operator group_by has another key').and.to.contain('--accept-changes');
      expect((await caducus(...way, ...own)).exit).to.equal(0);
      expect((await caducus('run', changed, ...own)).exit).to.equal(0);
    }
  });

  it('mv lets a pipeline go on under a new name, and refuses a name that is taken or cannot be one', async () => {
    const own = ['--data-dir', folder.file('renamed')];
    await caducus('run', pipeline(), ...own);
    const { exit, err } = await caducus('state', 'mv', 'watch', 'watch-all', ...own);
    expect(exit, err).to.equal(0);
    expect(err).to.match(/watch is watch-all now: \d+ checkpoints? moved/);
    const renamed = folder.file('renamed.yaml');
    writeFileSync(renamed, readFileSync(pipeline(), 'utf8').replace('name: watch', 'name: watch-all'));
    const again = await caducus('run', renamed, ...own);
    expect([again.exit, again.err]).to.satisfy(([code, text]: [number, string]) => code === 0 && text.includes('going on from checkpoint'));
    expect((await caducus('topics', '--pipeline', 'watch-all', ...own)).exit).to.equal(0);
    expect((await caducus('state', 'mv', 'watch', 'other', ...own)).exit, 'nothing is left').to.not.equal(0);
    expect((await caducus('state', 'mv', 'watch-all', '../x', ...own)).exit, 'no name').to.equal(64);
    await caducus('run', pipeline(), ...own);
    expect((await caducus('state', 'mv', 'watch-all', 'watch', ...own)).err).to.contain('has state of its own');
  });

  it('a run says which checkpoint it goes on from, and which it passed over', async () => {
    const state = folder.file('d/state/watch');
    const newest = readdirSync(state)
      .filter((name) => name.startsWith('checkpoint-'))
      .toSorted()
      .at(-1)!;
    writeFileSync(`${state}/${newest}`, 'torn');
    const { err, exit } = await caducus('run', pipeline(), ...data());
    expect(exit).to.equal(0);
    expect(err)
      .to.contain(`passed over ${state}/${newest}: torn`)
      .and.to.match(/going on from checkpoint \d+ \(/);
  });

  it('rm forgets it, and the next run starts anew', async () => {
    const removed = await caducus('state', 'rm', 'watch', ...data());
    expect(removed.err).to.contain('the next run starts anew');
    expect((await caducus('state', 'ls', ...data())).out).to.contain('No state');
    const { err } = await caducus('run', pipeline(), ...data());
    expect(err).not.to.contain('going on from');
    expect(JSON.parse((await caducus('state', 'ls', '--json', ...data())).out)).to.have.length(1);
  });

  it('of a pipeline that has none says which have', async () => {
    for (const what of ['show', 'rm']) {
      const { exit, err } = await caducus('state', what, 'wotch', ...data());
      expect(exit).to.equal(64);
      expect(err).to.contain('no state of a pipeline "wotch"').and.to.contain('Pipelines with state: watch.');
    }
  });
});
