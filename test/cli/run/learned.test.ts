import { expect } from 'chai';
import { fittingSettings, keepLearned } from '../../../src/cli/run/learned.ts';
import type { CliContext } from '../../../src/cli/shared/context.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

describe('what the radar of the store was taught', () => {
  const folder = temporaryFolder();
  const context = (name: string) => {
    const io = testIo({});
    return { io, context: { io, dataDir: folder.file(name) } as unknown as CliContext };
  };
  const asked = { by: 'group_id', window: undefined, learned: false };

  it('is used for the groups and windows that it is of', async () => {
    const { io, context: given } = context('taught');
    keepLearned(io.files, given.dataDir, { by: 'group_id', window: 300_000 });
    expect(await fittingSettings(asked, given)).to.include({ by: 'group_id', window: 300_000 });
    expect(io.stderr.text).to.equal('');
  });

  it('is so where its windows were kept as they were written', async () => {
    const { io, context: given } = context('written');
    keepLearned(io.files, given.dataDir, { by: 'group_id', window: '5m' as unknown as number });
    expect(await fittingSettings({ ...asked, window: 300_000 }, given)).to.include({ window: 300_000 });
  });

  it('of other groups is not, and that is said', async () => {
    const { io, context: given } = context('other');
    keepLearned(io.files, given.dataDir, { by: 'service', window: 300_000 });
    expect(await fittingSettings(asked, given)).to.equal(null);
    expect(io.stderr.text).to.equal('What was learned is not used: it is of groups by service, in windows of 5m.\n');
  });

  it('where there is nothing is none, and an error for who asks for it', async () => {
    const { context: given } = context('none');
    expect(await fittingSettings(asked, given)).to.equal(null);
    const error = await fittingSettings({ ...asked, learned: true }, given).catch((one: unknown) => one);
    expect(String(error)).to.contain('nothing was learned yet');
  });
});
