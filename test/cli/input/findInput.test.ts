import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

const lines = Array.from({ length: 60 }, (_, i) => `2026-03-14T03:${String(i).padStart(2, '0')}:00Z INFO api: served ${i}\n`).join('');

describe('caducus radar without a file', () => {
  const folder = temporaryFolder();
  const radar = async (data: string, isPiped: boolean) => {
    const io = { ...testIo({ stdin: [Buffer.from(lines)], env: { HOME: '/nonexistent' } }), isPiped: () => isPiped };
    const exit = await main(['radar', '--data-dir', folder.file(data)], '0.0.0-test', io);
    return { exit, out: io.stdout.text, err: io.stderr.text };
  };

  it('reads what is piped in while there is nothing in the store', async () => {
    const { exit, out, err } = await radar('empty', true);
    expect(exit).to.equal(0);
    expect(out).to.contain('served <n>');
    expect(err).to.contain('Reading standard input');
  });

  it('is of the store where something is in it, and says that what is piped in is not read', async () => {
    const ingest = ['demo', 'ingest', '--input', 'fixtures/demo_hdfs_sample.csv', '--data-dir', folder.file('full')];
    await main(ingest, '0.0.0-test', testIo({ env: { HOME: '/nonexistent' } }));
    const { out, err } = await radar('full', true);
    expect(out).to.not.contain('served <n>');
    expect(err).to.contain('what is piped in is not read');
  });

  it('waits for nothing where no shell has put a pipe', async () => {
    const { out, err } = await radar('none', false);
    expect(out).to.equal('');
    expect(err).to.match(/^No events in .*none/);
  });

  it('takes the pipe of a shell for one, and the socket of another program for none', () => {
    const script = "import('./src/io.ts').then(({ nodeIo }) => process.stderr.write(String(nodeIo().isPiped())))";
    const node = `${process.execPath} --import=tsx -e "${script}"`;
    const run = (command: string) =>
      execFileSync('sh', ['-c', `${command} 2>&1`], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
    expect([run(`echo x | ${node}`), run(`${node} < package.json`), run(`${node} < /dev/null`), run(node)]).to.deep.equal([
      'true',
      'true',
      'false',
      'false',
    ]);
  }).timeout(60_000);
});
