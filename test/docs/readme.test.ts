import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { main } from '../../src/cli/program.ts';
import { temporaryFolder, testIo } from '../support/testIo.ts';

const readme = readFileSync('README.md', 'utf8');

describe('the README', () => {
  const folder = temporaryFolder();

  it('begins with the radar that its demo prints, long lines cut', async () => {
    const io = testIo({ env: { HOME: folder.path } });
    expect(await main(['run', 'hdfs-radar', '--quiet', '--data-dir', folder.file('d')], '0.0.0-test', io, null)).to.equal(0);
    const printed = io.stdout.text.trimEnd().split('\n');
    const shown = /```text\n(RADAR [^]*?)\n```/.exec(readme)![1]!.split('\n');
    expect(shown).to.have.length(printed.length);
    for (const [i, line] of shown.entries()) {
      if (line.endsWith('…')) expect(printed[i]!.startsWith(line.slice(0, -1)), line).to.equal(true);
      else expect(line).to.equal(printed[i]);
      expect(line.length, line).to.be.at.most(106);
    }
  });

  it('shows the shipped pipeline as it is, and is not too long to be read', () => {
    const [, pipeline] = /```yaml\n([^]*?)```/.exec(readme)!;
    const shipped = readFileSync('pipelines/hdfs-radar.yaml', 'utf8').split('\ntests:')[0]!;
    expect(pipeline!.trim()).to.equal(shipped.trim());
    expect(readme.split('\n').length).to.be.below(200);
  });
});
