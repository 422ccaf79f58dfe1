import { expect } from 'chai';
import { nodeIo } from '../../../src/io.ts';
import { writeRecall } from '../../../src/store/recall.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { episode, spike } from '../../support/views/viewSamples.ts';

describe('caducus incidents, incident and postmortem', () => {
  const folder = temporaryFolder();
  before(async () => {
    const over = {
      ...episode,
      id: 'e4aa000000',
      state: 'resolved' as const,
      since: '2026-02-11T04:20:00.000Z',
      updated: '2026-02-11T05:01:00.000Z',
    };
    const recall = { version: 1 as const, name: 'orders', inputs: [], by: 'group_id', as_of: '2026-05-04T10:00:00.000Z', radar: null };
    writeRecall(nodeIo().files, folder.path, { ...recall, findings: [over, spike, episode] }, []);
  });
  const run = async (...args: string[]) => caducus([...args, '--data-dir', folder.path]);

  it('list what is known, the latest first, with what it is the return of', async () => {
    const { exit, out, err } = await run('incidents', '--json');
    expect(exit, err).to.equal(0);
    const all = JSON.parse(out) as { finding: { id: string }; before: { id: string }[] }[];
    expect(all.map((one) => [one.finding.id, one.before.map(({ id }) => id)])).to.deep.equal([
      ['e7c1aa', ['e4aa000000']],
      ['e4aa000000', []],
    ]);
    expect((await run('incidents', '--limit', '1')).out).to.match(/^e7c1 {2}2026-05-04 09:55Z/m);
  });

  it('tell one by the beginning of its id, with what people said of it', async () => {
    await run('note', 'e7c1', 'pay-3 restarted', '--who', 'ada').then(({ exit, err }) =>
      expect(exit === 0 || err.includes('e7c1')).to.equal(true),
    );
    expect((await run('incident', 'e7c1')).out).to.match(/^INCIDENT {2}e7c1/);
    const { timeline } = JSON.parse((await run('incident', 'e7', '--json')).out) as { timeline: { kind: string }[] };
    expect(timeline.filter(({ kind }) => kind === 'moved')).to.have.length(3);
    expect((await run('postmortem', 'e7', '--format', 'markdown')).out).to.match(/^# Incident e7c1/);
    expect(JSON.parse((await run('postmortem', 'e7', '--format', 'json')).out)).to.have.property('ending', null);
  });

  it('say what is wrong and what to do', async () => {
    const wrong: [string[], RegExp][] = [
      [['incident', 'zz'], /no incident has an id that begins with "zz"[^]*caducus incidents/],
      [['incident', 'e'], /fits 2 incidents/],
      [['incidents', '--pipeline', 'none'], /nothing is known of "none"/],
    ];
    for (const [args, message] of wrong) {
      const { exit, err } = await run(...args);
      expect(err).to.match(message);
      expect(exit).to.equal(64);
    }
  });
});
