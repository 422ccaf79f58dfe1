import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { main } from '../../../src/cli/program.ts';
import { quietIo } from '../../embedders/support/quietIo.ts';
import { writeTinyModel } from '../../embedders/support/tinyModel.ts';
import { modelSetup } from '../../support/runs/modelSetup.ts';
import { capturedScreen } from '../../support/testIo.ts';

describe('caducus model', () => {
  const { folderOf, caducus, folder } = modelSetup();

  it('path prints the folder, and says how to fill it while it is empty', async () => {
    expect(await caducus('path')).to.deep.equal({ exit: 0, out: `${folder()}\n`, err: 'There is no model yet.  caducus model fetch\n' });
    expect(JSON.parse((await caducus('path', '--json')).out)).to.deep.equal({ folder: folder(), there: false, schema: 1 });
  });

  it('verify tells missing, damaged and whole apart by its exit code', async () => {
    expect(await caducus('verify')).to.include({ exit: 1 });
    const own = await writeTinyModel(await folderOf());
    expect((await caducus('verify', '--folder', own)).out).to.match(/model\.json .* damaged\n[^]*Not whole/);
    const { exit, out } = await caducus('verify', '--folder', own, '--unchecked', '--json');
    expect(exit).to.equal(0);
    expect(JSON.parse(out)).to.deep.include({ folder: own, good: true });
    const vocabulary = await readFile(join(own, 'model.json'), 'utf8');
    await writeFile(join(own, 'model.json'), vocabulary.slice(0, -1));
    expect(await caducus('verify', '--folder', own, '--unchecked')).to.include({ exit: 1 });
  });

  it('stands in the list of embedders', async () => {
    const io = Object.assign(quietIo({ env: { HOME: '/nonexistent' } }), { stdout: capturedScreen(), stderr: capturedScreen() });
    expect(await main(['list', 'embedders', '--json'], '0.0.0-test', io)).to.equal(0);
    const { embedders } = JSON.parse(io.stdout.text) as { embedders: { name: string; options: { name: string }[] }[] };
    expect(embedders.map(({ name }) => name)).to.deep.equal(['lexical', 'universal-sentence-encoder', 'http']);
    expect(embedders[2]!.options.map(({ name }) => name)).to.include('batch_size');
  });
});
