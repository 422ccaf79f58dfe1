import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { caducus } from '../../support/caducus.ts';
import { testedPipeline } from '../../support/runs/testedPipeline.ts';
import { temporaryFolder } from '../../support/testIo.ts';

describe('caducus test', () => {
  const folder = temporaryFolder();
  const path = folder.file('p.yaml');
  beforeEach(() => writeFileSync(path, testedPipeline));

  it('exits with 1 when an expectation does not hold, and leaves the file as it is', async () => {
    const { exit, out } = await caducus(['test', path]);
    expect(exit).to.equal(1);
    expect(out)
      .to.contain('  FAIL  a flood fires\n          expected 7 from spike, got 3\n')
      .and.to.match(/\n0 passed, 1 failed\n$/);
    expect(readFileSync(path, 'utf8')).to.equal(testedPipeline);
  });

  it('--junit has what passed, what failed and why, and a file that cannot be read', async () => {
    const [broken, report] = [folder.file('broken.yaml'), folder.file('results.xml')];
    writeFileSync(broken, testedPipeline.replace('window: 3', 'windwo: 3'));
    const { exit, out } = await caducus(['test', path, broken, '--junit', report]);
    expect(exit).to.equal(1);
    expect(out).to.match(/\n0 passed, 2 failed\n$/);
    const xml = readFileSync(report, 'utf8');
    expect(xml)
      .to.contain(`<testsuite name="${path}" tests="1" failures="1">`)
      .and.to.contain('<failure message="expected 7 from spike, got 3">');
    expect(xml)
      .to.contain(`<testsuite name="${broken}" tests="1" failures="1">`)
      .and.to.contain('error CAD014 operators[1].spike: unknown key &#34;windwo&#34;');
  });

  it('--update refuses to rewrite what it was not given: the shipped pipelines', async () => {
    expect(await caducus(['test', '--update'])).to.include({ exit: 64, out: '' });
    expect((await caducus(['test', 'hdfs-radar', '--update'])).err).to.contain('error CAD002  --update: "hdfs-radar" is no path of a file');
  });
});
