import { renameSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { nodeFiles } from '../../../src/io.ts';
import { OpenGeneration, OpenGenerations } from '../../../src/sources/file/openGeneration.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('OpenGeneration', () => {
  const folder = temporaryFolder();
  const open = (path: string) => {
    const { dev, ino } = statSync(path);
    return new OpenGeneration(new OpenGenerations(nodeFiles), path, `${dev}:${ino}`);
  };
  const read = async (one: OpenGeneration) => {
    let text = '';
    for await (const chunk of one.bytes(0)) text += Buffer.from(chunk).toString();
    return text;
  };

  it('reads the file that it has open, whatever stands at its path by then', async () => {
    const path = folder.file('a.log');
    writeFileSync(path, 'old');
    const one = open(path);
    expect(await read(one)).to.equal('old');
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'new');
    expect(await read(one)).to.equal('old');
    await one.close();
  });

  it('takes no other file for its own when it has to be opened again: it is as if it were gone', async () => {
    const path = folder.file('b.log');
    writeFileSync(path, 'old');
    const one = open(path);
    await read(one);
    await one.release();
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'new');
    expect(await read(one).catch((error: unknown) => error)).to.include({ code: 'ENOENT' });
    one.path = `${path}.1`;
    expect(await read(one)).to.equal('old');
    await one.close();
  });
});
