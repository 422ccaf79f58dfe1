import { expect } from 'chai';
import { nodeIo } from '../../../src/io.ts';
import { writeRecall, type Recall } from '../../../src/store/recall.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { episode, spike } from '../../support/views/viewSamples.ts';

/** What is tested here, by its name. */
export const command = new URL('../../../src/cli/commands/episodes.ts', import.meta.url);

describe('caducus episodes', () => {
  const folder = temporaryFolder();
  const recall = (name: string, findings: Recall['findings']): Recall => ({
    version: 1,
    name,
    inputs: [],
    by: 'group_id',
    as_of: '2026-05-04T10:00:00.000Z',
    radar: null,
    findings,
  });
  const earlier = {
    ...episode,
    id: 'e4aa000000',
    state: 'resolved' as const,
    since: '2026-02-11T04:20:00.000Z',
    updated: '2026-02-11T05:01:00.000Z',
  };
  before(() => {
    const { files } = nodeIo();
    writeRecall(files, folder.path, recall('orders', [earlier, spike, episode]), []);
    writeRecall(
      files,
      folder.path,
      recall('billing', [{ ...earlier, id: 'e5bb000000', since: '2026-03-01T00:00:00.000Z', updated: '2026-03-01T00:05:00.000Z' }]),
      [],
    );
  });
  const list = async (...args: string[]) => {
    const { exit, out, err } = await caducus(['episodes', ...args, '--data-dir', folder.path]);
    expect(exit, err).to.equal(0);
    return out;
  };

  it('those of all runs, the latest first, findings of other kinds left out', async () => {
    const all = JSON.parse(await list('--json')) as { id: string }[];
    expect(all.map(({ id }) => id)).to.deep.equal([episode.id, 'e5bb000000', 'e4aa000000']);
    expect(JSON.parse(await list('--json', '--pipeline', 'orders', '--limit', '1'))).to.have.length(1);
    expect(await list()).to.match(/^score {2}state.*\n +97 {2}firing +2026-05-04 09:55Z +4m/);
  });

  it('in each form', async () => {
    expect(await list('--format', 'markdown')).to.contain('| 97 | resolved | 2026-02-11 04:20Z | 41m | 3 | 2 | `e4aa` |');
    expect(await list('--format', 'html')).to.match(/^<!doctype html>[^]*<h1>Episodes<\/h1>[^]*resolved/);
  });

  it('where nothing is known says so, and what to do', async () => {
    const { exit, err } = await caducus(['episodes', '--data-dir', folder.file('none')]);
    expect([exit, err]).to.satisfy(([code, said]: [number, string]) => code === 64 && said.includes('nothing is known'));
  });
});
