import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { incidentLog, quietLog } from '../../../src/cli/demo/demoLog.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';

/** What is tested here, by the commands that print it. */
export const forms = new URL('../../../src/cli/share/radarForms.ts', import.meta.url);

describe('radar, explain and context in every form', () => {
  const folder = temporaryFolder();
  const print = async (...args: string[]): Promise<string> => {
    const { exit, out, err } = await caducus([...args, '--data-dir', folder.file('data')]);
    expect(exit, err).to.equal(0);
    return out;
  };
  const files = () => [folder.file('quiet.log'), folder.file('incident.log')];
  let id = '';
  before(async function () {
    this.timeout(20_000);
    writeFileSync(folder.file('quiet.log'), quietLog());
    writeFileSync(folder.file('incident.log'), incidentLog());
    const radar = JSON.parse(await print('radar', ...files(), '--json')) as {
      groups: number;
      blips: { topic_id: string; parts: { text: string }[]; pattern: string }[];
      lanes: { starts: string[]; groups: { scores: number[] }[] };
      liveness: { state: string }[];
      calm: { since: string | null };
      pulse: { points: object[] };
      sources: { received: number }[];
    };
    id = radar.blips[0]!.topic_id;
    // What the page is drawn from is in the JSON of the command, too.
    expect(radar.groups).to.equal(1);
    expect(radar.blips[0]!.parts.map(({ text }) => text).join('')).to.equal(radar.blips[0]!.pattern);
    expect(radar.lanes.groups[0]!.scores).to.have.length(radar.lanes.starts.length);
    expect(radar.lanes.groups[0]!.scores.at(-1)).to.be.greaterThan(80);
    expect(radar.liveness.map(({ state }) => state)).to.deep.equal(['live']);
    expect(radar.calm.since).to.equal(null);
    expect(radar.pulse.points.length).to.be.greaterThan(3);
    expect(radar.sources.reduce((sum, { received }) => sum + received, 0)).to.be.greaterThan(2000);
  });

  it('--json is --format json', async () => {
    for (const command of [
      ['explain', id],
      ['context', id],
    ])
      expect(await print(...command, '--format', 'json')).to.equal(await print(...command, '--json'));
  });

  it('markdown has a table whose first row is the first of the radar', async () => {
    const text = await print('radar', ...files(), '--format', 'markdown');
    expect(text)
      .to.contain('`Read as text lines')
      .and.to.match(new RegExp(`\\n\\| \\d+ \\| ERROR \\| new \\| 100 \\| 0 \\| .* \\| \`${id.slice(0, 4)}\` \\|`));
    expect(await print('explain', id, '--format', 'markdown')).to.match(/^\*\*EXPLAIN\*\* `/);
    expect(await print('context', 'disk', '--format', 'markdown')).to.match(/^\*\*CONTEXT\*\* `disk`/);
  });

  it('html is one page whose policy lets nothing in', async () => {
    for (const command of [
      ['radar', ...files()],
      ['explain', id],
      ['context', id],
    ]) {
      const page = await print(...command, '--format', 'html');
      expect(page)
        .to.match(/^<!doctype html>/)
        .and.to.contain("default-src 'none'; style-src 'sha256-");
      expect(page).not.to.match(/<script|<link|<img|\ssrc=|\son\w+=|url\(|@import|href="(?!https?:)/);
    }
  });

  it('a name of a format of input is still one, beside --input-format', async () => {
    const text = await print('radar', ...files(), '--format', 'lines');
    expect(text).to.contain('RADAR');
    expect(await print('radar', ...files(), '--input-format', 'lines', '--format', 'markdown')).to.contain('**RADAR**');
    const { exit, err } = await caducus(['radar', ...files(), '--all', '--format', 'html', '--data-dir', folder.file('data')]);
    expect([exit, err]).to.satisfy(([code, said]: [number, string]) => code === 64 && said.includes('html is of one window'));
  });
});
