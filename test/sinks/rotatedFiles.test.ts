import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { nodeFiles as files } from '../../src/io.ts';
import { listAside, putAside, readHead, takeBack } from '../../src/sinks/rotatedFiles.ts';
import { temporaryFolder } from '../support/storeFixture.ts';

describe('the older files of a sink', () => {
  const folder = temporaryFolder();
  const path = () => join(folder(), 'r.ndjson');
  const write = (number: number, text: string) => writeFileSync(number === 0 ? path() : `${path()}.${number}`, text);
  const all = () => Object.fromEntries(readdirSync(folder()).map((name) => [name, readFileSync(join(folder(), name), 'utf8')]));

  it('move up by one, and what is beyond the number that stays goes', async () => {
    for (const number of [0, 1, 2]) write(number, `file ${number}`);
    await putAside(files, path(), 2);
    expect(all()).to.deep.equal({ 'r.ndjson.1': 'file 0', 'r.ndjson.2': 'file 1' });
  });

  it('are known by their beginning, the newest first', async () => {
    for (const number of [1, 2]) write(number, `file ${number}`);
    expect(await listAside(files, path(), 5)).to.deep.equal([await readHead(files, `${path()}.1`), await readHead(files, `${path()}.2`)]);
    expect(await readHead(files, path())).to.equal(null);
  });

  it('are taken back to where a checkpoint stood: what was begun since goes', async () => {
    write(0, 'first');
    write(1, 'older');
    const then = { head: (await readHead(files, path()))!, aside: await listAside(files, path(), 3) };
    await putAside(files, path(), 3);
    write(0, 'second');
    await putAside(files, path(), 3);
    write(0, 'third');
    await takeBack(files, path(), then, 3);
    expect(all()).to.deep.equal({ 'r.ndjson': 'first', 'r.ndjson.1': 'older' });
  });
});
