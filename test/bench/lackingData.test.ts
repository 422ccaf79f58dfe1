import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { explainLack } from '../../bench/support/data/lackingData.ts';
import { temporaryFolder } from '../support/testIo.ts';

describe('an evaluation without its data', () => {
  const folder = temporaryFolder();
  const run = (script: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, ['--import=tsx', `bench/${script}.ts`, ...args], {
      env: { ...process.env, NODE_OPTIONS: '' },
    }).then(
      () => ({ code: 0, stderr: '' }),
      ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
    );

  it('says in one line what is not there, and which pages name what it reads', async () => {
    const missing = folder.file('none');
    const { code, stderr } = await run('evalSpikes', missing);
    expect({ code, stderr }).to.deep.equal({
      code: 66,
      stderr: `${missing}/labels/combined_windows.json is not there: give the path of data in the layout that docs/benchmarks.md names; none comes with this repository.\n`,
    });
  });

  it('says so of a folder that holds something else', async () => {
    mkdirSync(folder.file('other'));
    writeFileSync(folder.file('other/readme.txt'), 'x');
    expect(await run('evalNow', folder.file('other'))).to.deep.equal({
      code: 66,
      stderr: `${folder.file('other')} holds no *_structured.csv\n`,
    });
  });

  it('leaves a bug its stack', () => {
    expect(explainLack(new TypeError('x is not a function'))).to.equal(null);
    expect(explainLack(Object.assign(new Error('EISDIR'), { code: 'EISDIR', path: '/data' }))).to.match(
      /^\/data: it is a folder \(EISDIR\): give/,
    );
  });
});
