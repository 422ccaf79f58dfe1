import { expect } from 'chai';
import { nodeIo } from '../../../src/io.ts';
import { writeRecall } from '../../../src/store/recall.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { episode, spike } from '../../support/views/viewSamples.ts';

/** What is tested here, by its name. */
export const command = new URL('../../../src/cli/commands/explain.ts', import.meta.url);

describe('caducus explain, of a finding', () => {
  const folder = temporaryFolder();
  before(() =>
    writeRecall(
      nodeIo().files,
      folder.path,
      {
        version: 1,
        name: 'orders',
        inputs: [],
        by: 'group_id',
        as_of: '2026-05-04T10:00:00.000Z',
        radar: null,
        findings: [episode, spike],
      },
      [],
    ),
  );
  const explain = async (...args: string[]) => {
    const { exit, out, err } = await caducus(['explain', ...args, '--data-dir', folder.path]);
    expect(exit, err).to.equal(0);
    return out;
  };

  it('in each form it is the same episode', async () => {
    expect(await explain('e7c1')).to.match(/^EPISODE {2}e7c1 {2}firing/);
    expect(await explain('e7c1', '--format', 'markdown')).to.match(/^\*\*EPISODE\*\* `e7c1` firing/);
    expect(await explain('e7c1', '--format', 'html')).to.match(/^<!doctype html>[^]*In common/);
    const { finding, kind } = JSON.parse(await explain('e7c1', '--format', 'json')) as { kind: string; finding: { id: string } };
    expect([kind, finding.id]).to.deep.equal(['finding', episode.id]);
  });

  it('of another kind it is its page, in Markdown within a fence', async () => {
    const text = await explain(spike.id, '--format', 'markdown');
    expect(text)
      .to.contain('```text\nFINDING')
      .and.to.match(/\n```\n$/);
    expect(await explain(spike.id, '--format', 'html')).to.contain('<!doctype html>');
  });

  it('what cannot be printed says what can', async () => {
    const { exit, err } = await caducus(['explain', 'e7c1', '--format', 'pdf', '--data-dir', folder.path]);
    expect([exit, err]).to.satisfy(([code, said]: [number, string]) => code === 64 && said.includes('"pdf" is no format'));
  });
});
