import { expect } from 'chai';
import { CheckpointLog } from '../../../src/engine/checkpointLog.ts';
import { encodeWork } from '../../../src/engine/machines/messages.ts';
import { PartitionStage } from '../../../src/engine/machines/partitionStage.ts';
import { RunRecords } from '../../../src/engine/writer/runRecords.ts';
import { readTopics } from '../../../src/store/recall.ts';
import { eventAt } from '../../support/fakes.ts';
import { testIo } from '../../support/testIo.ts';
import { eventLines } from '../../support/durableRun.ts';
import { Machine, readText } from '../../support/engine/machines.ts';
import { until } from '../../support/engine/roles.ts';
import { disk, runAlone, write } from '../../support/engine/onDisk.ts';
import { MemoryEngine } from '../../support/engine/memoryTransport.ts';
import { memoryFiles, type MemoryFiles } from '../../support/memoryFiles.ts';

const text = `name: p
sources: { in: { file: { path: /in.ndjson, format: ndjson } } }
operators:
  - normalize: {}
  - group_by: { key: group_id }
  - memory: { window: 1m, early: 10s }
  - rank: { top: 5 }
  - rules: [{ name: new-error, when: { state: new, min_level: error }, severity: critical }]
  - episodes: {}
sinks:
  findings: { ndjson: { path: /d/out/findings.ndjson, select: [finding] } }
`;

/** What is kept of a run beside its output: what it knows, and what was decided. */
const kept = (files: MemoryFiles): Record<string, string> =>
  Object.fromEntries(
    Object.entries(files.texts()).filter(([path]) => /^\/d\/(?:state\/p\/recall|decisions)\//.test(path) && !path.endsWith('.tmp')),
  );

const decided = (files: MemoryFiles): string =>
  Object.entries(kept(files)).flatMap(([path, lines]) => (/\/decisions\/.*\.ndjson$/.test(path) ? [lines] : []))[0] ?? '';

const input = eventLines(1200, { groups: 11 });

describe('what is kept of a run on an engine', function () {
  this.timeout(60_000);

  for (const processes of [1, 3])
    it(`is to the byte what a run without one keeps, with ${processes} at work`, async () => {
      const [files, engine] = [await disk(input), new MemoryEngine({ step: false })];
      const ids = Array.from({ length: processes }, (_, i) => `w${i + 1}`);
      await Promise.all(ids.map((id) => new Machine(readText(text), engine, { id, files }).done));
      const whole = kept(await runAlone(readText(text), input));
      expect(Object.keys(whole).filter((path) => path.includes('/templates/'))).to.have.length(11);
      expect(whole['/d/state/p/recall/recall.json']).to.contain('"rule":"new-error"');
      expect(Object.keys(whole).some((path) => path.startsWith('/d/decisions/'))).to.equal(true);
      expect(kept(files)).to.deep.equal(whole);
    });

  it('has every decision once where the input has grown, and where a process died that had written some', async () => {
    const [files, engine] = [await disk(''), new MemoryEngine({ step: false })];
    // The last line of each is not finished.
    const parts = [300, 600, 900, 1200].map((lines, i) => eventLines(lines, { groups: 11 }).slice(0, i === 3 ? undefined : -40));
    for (const [i, part] of parts.entries()) {
      await write(files, part);
      const before = decided(files).length;
      const dying = new Machine(readText(text), engine, { id: `w${10 + i}`, files });
      engine.watch = (id) => !(dying.isDead && id === dying.id);
      // What counted only for the time being is taken back, then more is written than before.
      await until(() => decided(files).length > before);
      dying.kill();
      dying.lapse();
      await new Machine(readText(text), engine, { id: `w${20 + i}`, files }).done;
    }
    const whole = decided(await runAlone(readText(text), input));
    expect(whole).to.contain('"kind":"group"');
    expect(decided(files)).to.equal(whole);
  });

  it('follows what memories save while the run goes on, and takes its share of the time at most', async () => {
    const engine = new MemoryEngine({ step: false });
    const [files, io] = [memoryFiles(), testIo()];
    const ticks: (() => void)[] = [];
    let [clock, cost] = [0, 0];
    const pipeline = readText(text);
    const [memory, maker] = [
      pipeline.operators.find(({ operator }) => operator.spec.name === 'memory')!,
      { id: 'w', made: 'x', now: () => 0 },
    ];
    const records = new RunRecords(pipeline, {
      io: { ...io, files, every: (_ms, look) => (ticks.push(look), () => void ticks.pop()), monotonic: () => (clock += cost) },
      ...{ dataDir: '/d', transport: engine.transport('w'), maker, shared: memory.id, partitions: 1 },
    });
    await records.open(null);
    const log = new CheckpointLog(engine.transport('p'), 'p0', maker);
    const save = async (n: number, ...groups: string[]) => {
      const stage = new PartitionStage(memory);
      stage.load(null);
      const signals = groups.map((group, i) => ({ ...eventAt(1000 + i, 'user came in', group), key: group }));
      const [places, before] = [Int32Array.from(groups.keys()), new Float64Array(groups.length)];
      stage.step(encodeWork({ signals, records: places, before, behind: 2000 }), n);
      await log.save({ n, seq: n, state: stage.save(true) });
    };
    const groups = () => readTopics(files, '/d', 'p').map(({ group_id }) => group_id);
    await save(1, 'a');
    ticks[0]!();
    await until(() => groups().length === 1);
    // From now on a look takes a second and more.
    cost = 1_000;
    await save(2, 'a', 'b');
    ticks[0]!();
    await until(() => groups().length === 2);
    await save(3, 'a', 'b', 'c');
    ticks[0]!();
    clock += 120_000;
    await records.place();
    expect(groups()).to.have.length(2);
    clock += 600_000;
    ticks[0]!();
    await until(() => groups().length === 3);
    await records.close();
    expect([records.failure, ticks]).to.deep.equal([null, []]);
  });
});
