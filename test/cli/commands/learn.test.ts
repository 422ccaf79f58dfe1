import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Blip } from '../../../src/signal.ts';
import { midnight } from '../../support/incident.ts';
import { caducus, incidentRadar, toLines } from '../../support/runs/incidentRadar.ts';

const minute = 60_000;

describe('caducus learn', () => {
  const { folder, events } = incidentRadar();

  const quiet = folder.file('quiet.ndjson');
  const rest = folder.file('rest.ndjson');
  const pipeline = folder.file('radar.yaml');
  const own = ['--data-dir', folder.file('learned')];
  const cut = midnight + 182 * minute;

  before(() => {
    writeFileSync(quiet, toLines(events.filter(({ timestamp }) => Date.parse(timestamp) < cut)));
    writeFileSync(rest, toLines(events.filter(({ timestamp }) => Date.parse(timestamp) >= cut)));
    writeFileSync(
      pipeline,
      `name: taught
sources: { log: { file: { path: ${rest}, format: ndjson } } }
operators:
- group_by: { key: group_id }
- memory: { window: 5m, warmup: 60m }
- rank: { top: 8 }
- rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
sinks: { out: { ndjson: { path: ${folder.file('out.ndjson')}, select: [finding, radar] } } }
`,
    );
  });

  it('teaches a pipeline what is usual: nothing fires of it, nothing is late after it, and no warm-up is left', async () => {
    const { exit, out } = await caducus(['learn', quiet, '--pipeline', pipeline, ...own]);
    expect(exit).to.equal(0);
    expect(out).to.match(/^learned [\d,]+ events, 6 patterns in 5 groups\. {2}caducus run .*radar\.yaml goes on from here\.\n$/);
    const ran = await caducus(['run', pipeline, ...own]);
    expect(ran.err).to.match(/late +0/);
    const signals = readFileSync(folder.file('out.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { title?: string; state: string; learning?: unknown; start?: string });
    const radars = signals.filter(({ start }) => start !== undefined);
    expect(radars[0]!.start).to.equal('2026-03-14T03:00:00.000Z');
    expect(radars.filter(({ learning }) => learning !== undefined)).to.be.empty;
    const fired = new Set(signals.flatMap(({ title, state }) => (title !== undefined && state === 'firing' ? [title.split(' ')[0]] : [])));
    expect([...fired].toSorted()).to.deep.equal(['DataNodeVolumeFailed', 'Disk', 'PutBlock']);
  });

  it('teaches a memory that is to learn nothing more: what is new later fits no pattern, and is counted', async () => {
    const frozen = folder.file('frozen.yaml');
    writeFileSync(
      frozen,
      readFileSync(pipeline, 'utf8')
        .replace('name: taught', 'name: frozen')
        .replace('warmup: 60m', 'freeze: true')
        .replaceAll('out.ndjson', 'frozen.ndjson'),
    );
    expect((await caducus(['learn', quiet, '--pipeline', frozen, ...own])).out).to.include('6 patterns in 5 groups');
    expect((await caducus(['run', frozen, ...own])).exit).to.equal(0);
    const { out } = await caducus(['topics', '--pipeline', 'frozen', ...own]);
    expect(out)
      .to.match(/^[\d,]+ lines fit no known pattern\.$/m)
      .and.not.include('Disk failure');
  });

  it('refuses a pipeline that has run, unless it is to start anew', async () => {
    const { exit, err } = await caducus(['learn', quiet, '--pipeline', pipeline, ...own]);
    expect(exit).to.equal(64);
    expect(err).to.include('taught has run already');
    expect((await caducus(['learn', quiet, '--pipeline', pipeline, '--fresh', ...own])).exit).to.equal(0);
  });

  it('teaches the radar of the store, twice if need be; a radar of files goes on from it when told to', async () => {
    await caducus(['learn', quiet, '--window', '5m', ...own]);
    const again = await caducus(['learn', quiet, '--window', '5m', '--json', ...own]);
    expect(JSON.parse(again.out)).to.include({ pipeline: '_store', patterns: 6, groups: 5 });
    const { out } = await caducus(['radar', rest, '--learned', '--json', ...own]);
    const radar = JSON.parse(out) as { blips: Blip[]; earlier: Blip[] };
    expect(radar.earlier[0]!.label).to.match(/^Disk failure/);
    expect(radar.earlier[0]!.why).to.include({ first_ever: true });
    expect(radar.blips.find(({ label }) => label.startsWith('JWT'))!.total).to.be.above(200);
    const other = await caducus(['radar', rest, '--learned', '--window', '1m', ...own]);
    expect(other.err).to.include('What was learned is not used');
  });

  it('is told whose events the files hold where a pipeline has several sources', async () => {
    const two = folder.file('two.yaml');
    writeFileSync(
      two,
      readFileSync(pipeline, 'utf8')
        .replace('name: taught', 'name: two')
        .replace('sources: {', `sources: { other: { file: { path: ${rest} } },`),
    );
    const { exit, err } = await caducus(['learn', quiet, '--pipeline', two, ...own]);
    expect(exit).to.equal(64);
    expect(err).to.include('--source other or log');
    expect((await caducus(['learn', quiet, '--pipeline', two, '--source', 'log', ...own])).exit).to.equal(0);
  });
});
