import { expect } from 'chai';
import { readStanding } from '../../../src/engine/look/readStanding.ts';
import { eventLines } from '../../support/durableRun.ts';
import { Machine, readText } from '../../support/engine/machines.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { memoryFiles } from '../../support/memoryFiles.ts';

const text = `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators: [{ group_by: { key: group_id } }, { memory: { window: 1m } }, { rank: {} }]
sinks: { radar: { ndjson: { path: /d/radar.ndjson, select: [radar] } } }
`;

async function input() {
  const files = memoryFiles();
  const file = await files.open('/in.ndjson', 'w');
  await file.write(Buffer.from(eventLines(400, { groups: 7 })));
  await file.close();
  return files;
}

describe('how a pipeline stands on an engine', () => {
  it('is nothing where nothing has run, and reading it changes nothing', async () => {
    const engine = new MemoryEngine({ step: false });
    const standing = await readStanding(engine.transport('looker'), 2);
    expect(standing).to.deep.include({ revision: null, processes: [], arrivals: 0, output: null });
    expect(standing.works.map(({ work, owner, behind, checkpoint }) => [work, owner, behind, checkpoint])).to.deep.equal([
      ['sequencer', null, null, null],
      ['partition.0', null, 0, null],
      ['partition.1', null, 0, null],
      ['desk', null, 0, null],
      ['writer', null, 0, null],
    ]);
    expect([engine.messages, [...engine.holds]]).to.deep.equal([[], []]);
  });

  it('names who does what while it runs, and holds nothing itself', async () => {
    const [engine, files] = [new MemoryEngine({ step: false }), await input()];
    const machines = ['w1', 'w2'].map((id) => new Machine(readText(text), engine, { id, files, partitions: 4 }));
    const seen: Awaited<ReturnType<typeof readStanding>>[] = [];
    let isOver = false;
    const all = Promise.all(machines.map(({ done }) => done)).finally(() => (isOver = true));
    while (!isOver) {
      seen.push(await readStanding(engine.transport('looker'), 1));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await all;
    const owners = new Set(seen.flatMap(({ works }) => works.flatMap(({ owner }) => owner ?? [])));
    expect([...owners].toSorted()).to.deep.equal(['w1', 'w2']);
    const largest = seen.findLast(({ processes }) => processes.length === 2)!;
    expect(largest.works).to.have.length(4 + 3);
    expect(largest.revision).to.include({ number: 1, release: '1', partitions: 4 });
    expect(largest.processes).to.deep.include({ id: 'w2', left: 15_000 });
    for (const { works } of seen) for (const { behind } of works) expect(behind ?? 0).to.be.at.least(0);
  });

  it('says what waits while nobody works on it, and that nothing does once all is written', async () => {
    const [engine, files] = [new MemoryEngine({ step: false }), await input()];
    await new Machine(readText(text), engine, { id: 'w1', files }).done;
    const behind = async () => {
      const { works } = await readStanding(engine.transport('looker'), 1);
      return Object.fromEntries(works.map((one) => [one.work, one.behind]));
    };
    expect(await behind()).to.deep.equal({ sequencer: null, 'partition.0': 0, 'partition.1': 0, 'partition.2': 0, desk: 0, writer: 0 });
    const over = await readStanding(engine.transport('looker'), 1);
    expect(over.output!.path).to.equal('/d/state/p');
    const desk = over.works.find(({ work }) => work === 'desk')!;
    expect(desk.checkpoint!.n).to.be.greaterThan(0);
    expect(desk.checkpoint!.fence).to.equal(engine.of('ckpt.desk.head').at(-1)!.seq);
    // A message of arrivals that nobody has taken.
    const log = engine.transport('w9');
    const header = { n: over.arrivals + 3, prev: over.arrivals, part: 0, of: 1, flag: '' };
    await log.append('arrivals', Buffer.from(`${JSON.stringify(header)}\n`), null);
    expect(await behind()).to.include({ desk: 3, writer: 0 });
  });
});
