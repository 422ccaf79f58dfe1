import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { temporaryFolder, testIo } from '../../support/testIo.ts';

describe('caducus events', () => {
  const folder = temporaryFolder();
  const type = async (...args: string[]) => {
    const io = testIo({ env: { HOME: folder.path } });
    const exit = await main(['events', '--data-dir', folder.file('d'), ...args], '0.0.0-test', io, null);
    return { exit, out: io.stdout.text, err: io.stderr.text };
  };

  for (const args of [[], ['--json'], ['--grep', 'x']])
    it(`${args.join(' ')} says that there is none, and prints nothing`, async () => {
      expect(await type(...args)).to.deep.equal({ exit: 0, out: '', err: `No event in ${folder.file('d')} is what was asked for.\n` });
    });
});
