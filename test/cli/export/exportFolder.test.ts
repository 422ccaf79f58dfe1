import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportFolder } from '../../../src/cli/export/exportFolder.ts';
import type { Event } from '../../../src/event.ts';
import { event, temporaryFolder } from '../../support/storeFixture.ts';
import { testIo } from '../../support/testIo.ts';

async function* stream(events: readonly Event[], groups: Map<string, number>, then: () => void): AsyncGenerator<Event> {
  for (const one of events) {
    groups.set(one.group_id, (groups.get(one.group_id) ?? 0) + 1);
    yield one;
  }
  then();
}

describe('an export into a folder', () => {
  const folder = temporaryFolder();
  const run = (events: readonly Event[], { analyze = true, stopped = false } = {}) => {
    const [groups, stop] = [new Map<string, number>(), new AbortController()];
    const all = stream(events, groups, () => stopped && stop.abort());
    return exportFolder(folder(), all, { analyze, groups, io: testIo(), stop: stop.signal });
  };
  const names = () => readdirSync(join(folder(), 'events'));
  const events = [event('a', 1), event('b', 2), event('c', 3, 'app:b')];

  it('is one file an event, with a run of each group', async () => {
    expect(await run(events)).to.deep.include({ new: 3, there_already: 0, runs: 2 });
    expect(names()).to.have.members(['a.json', 'b.json', 'c.json']);
    expect(readdirSync(join(folder(), 'analysis/runs'))).to.have.lengthOf(2);
  });

  it('leaves what is there already as it stands', async () => {
    await run(events.slice(0, 1), { analyze: false });
    const path = join(folder(), 'events/a.json');
    const before = statSync(path).mtimeMs;
    expect(await run(events)).to.deep.include({ new: 2, there_already: 1 });
    expect(statSync(path).mtimeMs).to.equal(before);
  });

  it('analyzes nothing when it is not asked to, or is stopped before', async () => {
    expect(await run(events, { analyze: false })).to.deep.equal({ new: 3, there_already: 0, topics: 0, runs: 0 });
    expect(await run(events, { stopped: true })).to.deep.equal({ new: 0, there_already: 3, topics: 0, runs: 0 });
    expect(readdirSync(folder())).to.not.include('analysis');
  });

  it('of more events than are written side by side has every one', async () => {
    const many = Array.from({ length: 600 }, (_, i) => event(`e${i}`, 1));
    expect(await run(many, { analyze: false })).to.deep.include({ new: 600 });
    expect(names()).to.have.lengthOf(600);
  });
});
