import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { earlierLog, incidentLog, quietLog } from '../../../../src/cli/demo/demoLog.ts';
import { caducus } from '../../../support/caducus.ts';

interface Radar {
  blips: { label: string; state: string; score: number }[];
}

describe('demo init', () => {
  let cwd = '';
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'caducus-demo-'));
  });
  after(() => rmSync(cwd, { recursive: true, force: true }));
  const radar = async (...files: string[]) => JSON.parse((await caducus(['radar', ...files, '--json'], { cwd })).out) as Radar;

  it('writes an hour of calm, a quarter of an hour of trouble, an outage of a web server and a pipeline file', async () => {
    const { exit, out } = await caducus(['demo', 'init'], { cwd });
    expect(exit).to.equal(0);
    expect(out).to.match(
      /^earlier\.log +14,089 lines\nquiet\.log +8,541 lines\nincident\.log +2,787 lines\naccess\.log +8,971 lines\nradar\.yaml/,
    );
    expect(readFileSync(join(cwd, 'quiet.log'), 'utf8').startsWith('2026-03-14T02:00:00')).to.equal(true);
  });

  it('writes the same every time', () => {
    expect(readFileSync(join(cwd, 'earlier.log'), 'utf8')).to.equal(earlierLog());
    expect(readFileSync(join(cwd, 'quiet.log'), 'utf8')).to.equal(quietLog());
    expect(readFileSync(join(cwd, 'incident.log'), 'utf8')).to.equal(incidentLog());
  });

  it('never writes over what is there, unless told to', async () => {
    const { exit, err } = await caducus(['demo', 'init'], { cwd });
    expect([exit, err]).to.satisfy(
      ([code, text]: [number, string]) => code === 74 && text.includes('earlier.log  error CAD011  is there already'),
    );
    expect((await caducus(['demo', 'init', '--force'], { cwd })).exit).to.equal(0);
    mkdirSync(join(cwd, 'sub'));
    expect((await caducus(['demo', 'init', 'sub/try'], { cwd })).exit).to.equal(0);
  });

  it('gives an hour in which every pattern is steady', async () => {
    const { blips } = await radar('quiet.log');
    expect(blips).to.have.lengthOf(5);
    for (const { state, score, label } of blips) expect([state, score < 10], label).to.deep.equal(['steady', true]);
  });

  it('gives an incident with the disk failure on top', async () => {
    const { blips } = await radar('quiet.log', 'incident.log');
    expect(blips[0]!.label).to.match(/^Disk failure on dn2/);
    expect(blips.slice(0, 3).map((b) => b.state)).to.deep.equal(['new', 'new', 'new']);
    expect(blips[0]!.score).to.be.greaterThan(90);
  });

  it('gives a pipeline file that is sound, and whose tests pass', async () => {
    expect((await caducus(['validate', './radar.yaml'], { cwd })).exit).to.equal(0);
    expect((await caducus(['test', './radar.yaml'], { cwd })).out).to.contain('2 passed, 0 failed');
  });
});
