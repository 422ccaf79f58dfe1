import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { listEpisodes } from '../../../src/cli/entities/readEntity.ts';
import type { EntityStory } from '../../../src/findings/entities/entityStory.ts';
import { linkIncidents } from '../../../src/findings/incidents/incident.ts';
import { caducus } from '../../support/caducus.ts';
import { temporaryFolder } from '../../support/testIo.ts';
import { episode } from '../../support/views/viewSamples.ts';

describe('caducus entity', () => {
  const folder = temporaryFolder();
  before(() => {
    const line = (i: number) =>
      JSON.stringify({
        time: new Date(Date.parse('2026-03-14T02:00:00Z') + i * 1000).toISOString(),
        level: 'info',
        service: 'orders',
        pod: `orders-${i % 3}`,
        msg: `order ${i} placed, token=sk_live_4eC39HqLyjWDarjtT1zdp7dc`,
      });
    writeFileSync(folder.file('app.ndjson'), Array.from({ length: 300 }, (_, i) => `${line(i)}\n`).join(''));
  });
  const run = async (...args: string[]) => caducus([...args, '--data-dir', folder.file('data')], { cwd: folder.path });

  it('reads files, or else what the run that wrote last has seen, with the same story', async () => {
    const { exit, out, err } = await run('entity', 'orders-1', 'app.ndjson', '--json');
    expect(exit, err).to.equal(0);
    const story = JSON.parse(out) as EntityStory;
    expect(story).to.deep.include({ lines: 100, of: 300, places: [{ place: 'pod', count: 100 }] });
    expect((await run('radar', 'app.ndjson')).exit).to.equal(0);
    const known = JSON.parse((await run('entity', 'orders-1', '--json')).out) as EntityStory;
    expect(known).to.deep.include({ lines: 100, of: 300, first_seen: story.first_seen });
    expect(JSON.parse((await run('entity', 'orders-1', '--until', '02:02:30Z', '--json')).out)).to.include({ of: 150 });
    expect((await run('entity', 'orders-1')).out).to.match(/^ENTITY {2}orders-1 +2026-03-14/);
  });

  it('does not find what is masked, and says what it looks for', async () => {
    for (const args of [['app.ndjson'], []]) {
      const { exit, err } = await run('entity', 'sk_live_4eC39HqLyjWDarjtT1zdp7dc', ...args);
      expect(exit).to.equal(64);
      expect(err).to.contain('stands in none of 300 lines').and.to.contain('what is masked cannot be found');
    }
  });

  it('names the incidents that had it in common', () => {
    const incidents = linkIncidents([episode], []);
    expect(listEpisodes('pay-3', incidents)).to.deep.equal([
      { id: episode.id, since: episode.since, state: 'firing', title: episode.title, in: 3, of: 3 },
    ]);
    expect(listEpisodes('pay-4', incidents)).to.deep.equal([]);
  });
});
